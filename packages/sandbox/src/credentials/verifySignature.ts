import { createHash, createHmac, timingSafeEqual } from 'crypto';
import { canonicalRequest } from './canonicalRequest';
import type { ResolvedCredentials } from './credentials';
import { signingKey } from './signingKey';

/**
 * Why a signature does not count.
 *
 * @public
 */
export type SignatureProblem =
  | 'missing'
  | 'incomplete'
  | 'unknown-key'
  | 'wrong-token'
  | 'expired-token'
  | 'outside-time'
  | 'wrong-service'
  | 'mismatch';

/** A request's signature does not count. Recognised by its name. @public */
export class SignatureError extends Error {
  constructor(readonly problem: SignatureProblem, message: string) {
    super(message);
    this.name = 'SignatureError';
  }
}

/** An HTTP request as its signature sees it. @public */
export interface SignedRequest {
  method: string;
  /** As on the wire, without the query. */
  path: string;
  /** As on the wire, without the question mark. */
  query: string;
  /** Names in lower case, as Node gives them. */
  headers: Record<string, string | string[] | undefined>;
  /** Absent: the body is not looked at, and `x-amz-content-sha256` taken at its word. */
  body?: Buffer;
}

/** @public */
export interface VerifySignatureOptions {
  request: SignedRequest;
  /** Owner of an access key, if there is one. */
  resolve(accessKeyId: string): ResolvedCredentials | undefined;
  /** Milliseconds since the epoch. */
  now: number;
  /** The only service the signature may be for. Absent: any. */
  service?: string;
}

/** Who signed, and for what. @public */
export interface VerifiedSignature {
  credentials: ResolvedCredentials;
  region: string;
  service: string;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
/** AWS accepts requests five minutes around the present. */
const CLOCK_SKEW = 5 * 60 * 1000;

/** Whether a request carries a signature at all, of whatever kind. @public */
export function isSigned(headers: SignedRequest['headers']): boolean {
  return String(headers.authorization ?? '').startsWith('AWS4-');
}

/**
 * The credential scope a request says it is signed for, before anything is verified.
 *
 * @public
 */
export function credentialScope(
  headers: SignedRequest['headers'],
): { region: string; service: string } | undefined {
  const scope = /Credential=[^/\s,]+\/\d{8}\/([^/\s,]+)\/([^/\s,]+)\//.exec(
    String(headers.authorization ?? ''),
  );
  return scope ? { region: scope[1], service: scope[2] } : undefined;
}

/**
 * Checks the Signature Version 4 of a request, in its `Authorization` header.
 *
 * @remarks
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 * Only the headers that the request says are signed count. Asymmetric signatures (SigV4A) and
 * presigned URLs are not known here and count as incomplete and missing.
 *
 * @throws SignatureError
 * @public
 */
export function verifySignature(
  options: VerifySignatureOptions,
): VerifiedSignature {
  const { request, now } = options;
  const authorization = request.headers.authorization;
  if (typeof authorization !== 'string') {
    throw new SignatureError('missing', 'Missing Authentication Token');
  }
  const fields = parseAuthorization(authorization);
  const credentials = options.resolve(fields.accessKeyId);
  if (!credentials) {
    throw new SignatureError(
      'unknown-key',
      'The security token included in the request is invalid.',
    );
  }
  if (options.service && options.service !== fields.service) {
    throw new SignatureError(
      'wrong-service',
      `Credential should be scoped to correct service: '${options.service}'.`,
    );
  }
  const time = signedTime(request, fields.date);
  if (Math.abs(time - now) > CLOCK_SKEW) {
    throw new SignatureError(
      'outside-time',
      `Signature expired or not yet current: it is of ${new Date(
        time,
      ).toISOString()}, and it is now ${new Date(now).toISOString()}`,
    );
  }
  const token = request.headers['x-amz-security-token'];
  if ((credentials.sessionToken ?? '') !== (token ?? '')) {
    throw new SignatureError(
      'wrong-token',
      'The security token included in the request is invalid.',
    );
  }
  if (credentials.expiresAt !== undefined && credentials.expiresAt <= now) {
    throw new SignatureError(
      'expired-token',
      'The security token included in the request is expired',
    );
  }
  const expected = sign(request, fields, credentials.secretAccessKey);
  const given = Buffer.from(fields.signature, 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new SignatureError(
      'mismatch',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  }
  return { credentials, region: fields.region, service: fields.service };
}

type Fields = ReturnType<typeof parseAuthorization>;

function parseAuthorization(authorization: string) {
  const [, algorithm, rest] = /^(\S+)\s+(.*)$/.exec(authorization) ?? [];
  const field = (name: string) =>
    new RegExp(`${name}=([^,\\s]+)`).exec(rest ?? '')?.[1] ?? '';
  const [accessKeyId, date, region, service, terminator] =
    field('Credential').split('/');
  const signedHeaders = field('SignedHeaders');
  const signature = field('Signature');
  if (
    algorithm !== ALGORITHM ||
    terminator !== 'aws4_request' ||
    !signedHeaders.split(';').includes('host') ||
    !/^[0-9a-f]{64}$/.test(signature)
  ) {
    throw new SignatureError(
      'incomplete',
      `Authorization header must be '${ALGORITHM}' with Credential, SignedHeaders (host among them) and Signature.`,
    );
  }
  return {
    accessKeyId,
    date,
    region,
    service,
    signedHeaders: signedHeaders.split(';'),
    signature,
  };
}

function signedTime(request: SignedRequest, date: string): number {
  const header = String(request.headers['x-amz-date'] ?? '');
  const time = Date.parse(
    header.replace(
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
      '$1-$2-$3T$4:$5:$6Z',
    ),
  );
  if (Number.isNaN(time) || !header.startsWith(date)) {
    throw new SignatureError(
      'incomplete',
      "Authorization header requires existence of an 'X-Amz-Date' header of the day in its credential scope.",
    );
  }
  return time;
}

function payloadHash(request: SignedRequest): string {
  const header = request.headers['x-amz-content-sha256'];
  if (typeof header === 'string' && !/^[0-9a-f]{64}$/.test(header)) {
    // UNSIGNED-PAYLOAD, or one of the streaming kinds.
    return header;
  }
  if (!request.body) {
    return String(header ?? '');
  }
  return createHash('sha256').update(request.body).digest('hex');
}

function sign(
  request: SignedRequest,
  fields: Fields,
  secretAccessKey: string,
): Buffer {
  const { date, region, service, signedHeaders } = fields;
  const canonical = canonicalRequest({
    ...request,
    signedHeaders,
    payloadHash: payloadHash(request),
    encodePathTwice: service !== 's3',
  });
  const text = [
    ALGORITHM,
    request.headers['x-amz-date'],
    [date, region, service, 'aws4_request'].join('/'),
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
  const key = signingKey({ secretAccessKey, date, region, service });
  return createHmac('sha256', key).update(text).digest();
}
