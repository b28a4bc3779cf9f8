import type {
  SignatureError,
  SignatureProblem,
} from '../credentials/verifySignature';
import { AwsError } from '../operations/AwsError';
import type { ProtocolName } from './model';

type Code = [code: string, statusCode: number];

const JSON_CODES: Record<SignatureProblem, Code> = {
  missing: ['MissingAuthenticationTokenException', 403],
  incomplete: ['IncompleteSignatureException', 403],
  'unknown-key': ['UnrecognizedClientException', 403],
  'wrong-token': ['UnrecognizedClientException', 403],
  'expired-token': ['ExpiredTokenException', 403],
  'outside-time': ['InvalidSignatureException', 403],
  'wrong-service': ['InvalidSignatureException', 403],
  mismatch: ['InvalidSignatureException', 403],
};

const QUERY_CODES: Record<SignatureProblem, Code> = {
  missing: ['MissingAuthenticationToken', 403],
  incomplete: ['IncompleteSignature', 400],
  'unknown-key': ['InvalidClientTokenId', 403],
  'wrong-token': ['InvalidClientTokenId', 403],
  'expired-token': ['ExpiredToken', 403],
  'outside-time': ['SignatureDoesNotMatch', 403],
  'wrong-service': ['SignatureDoesNotMatch', 403],
  mismatch: ['SignatureDoesNotMatch', 403],
};

const EC2_CODES: Record<SignatureProblem, Code> = {
  ...QUERY_CODES,
  'unknown-key': ['AuthFailure', 401],
  'wrong-token': ['AuthFailure', 401],
  'expired-token': ['RequestExpired', 400],
};

const S3_CODES: Record<SignatureProblem, Code> = {
  ...QUERY_CODES,
  missing: ['AccessDenied', 403],
  incomplete: ['AuthorizationHeaderMalformed', 400],
  'unknown-key': ['InvalidAccessKeyId', 403],
  'wrong-token': ['InvalidToken', 400],
  'expired-token': ['ExpiredToken', 400],
  'outside-time': ['RequestTimeTooSkewed', 403],
};

const CODES: Record<ProtocolName, Record<SignatureProblem, Code>> = {
  restJson1: JSON_CODES,
  awsJson1_1: JSON_CODES,
  awsQuery: QUERY_CODES,
  ec2Query: EC2_CODES,
  restXml: S3_CODES,
};

/** A refused signature in the words of the protocol. */
export function signatureError(
  protocol: ProtocolName,
  error: SignatureError,
): AwsError {
  const [code, statusCode] = CODES[protocol][error.problem];
  return new AwsError({ code, statusCode, message: error.message });
}
