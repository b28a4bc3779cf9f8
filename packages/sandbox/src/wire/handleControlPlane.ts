import type { Estate } from '../estate/Estate';
import { resolveCredentials } from '../credentials/credentials';
import {
  credentialScope,
  SignatureError,
  verifySignature,
} from '../credentials/verifySignature';
import { ControlPlane, unknownOperation } from '../ControlPlane';
import { AwsError } from '../operations/AwsError';
import { readS3Request } from './readS3Request';
import { serviceModels } from './model';
import type { WireRequest, WireResponse } from './Protocol';
import { protocols } from './protocols';
import { signatureError } from './signatureErrors';

/** What answering control-plane requests takes. */
export interface ControlPlaneOptions {
  estate: Estate;
  controlPlane: ControlPlane;
  now: () => number;
  /** Told of errors that are the sandbox's own fault. */
  onInternalError(error: unknown): void;
}

/** Answers a request to an AWS API: which one, its credential scope says. */
export async function handleControlPlane(
  request: WireRequest,
  requestId: string,
  options: ControlPlaneOptions,
): Promise<WireResponse> {
  const scope = credentialScope(request.headers);
  const model = scope && serviceModels[scope.service];
  if (!model) {
    return {
      status: scope ? 404 : 403,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        message: scope
          ? `The sandbox does not have the AWS service ${scope.service}.`
          : 'Missing Authentication Token',
      }),
    };
  }
  const { service } = scope;
  const protocol = protocols[model.protocol];
  try {
    const { credentials, region } = verify(request, options);
    const wire = service === 's3' ? readS3Request(request) : request;
    const operation = protocol.operationOf(model, wire);
    if (!operation || !model.operations[operation]) {
      throw unknownOperation(service, operation);
    }
    const input = protocol.parse(model, operation, wire);
    const { accountId, principalArn } = credentials;
    const output = await options.controlPlane.call({
      service,
      operation,
      input,
      caller: { accountId, region, principalArn },
      requestId,
    });
    return protocol.respond(model, operation, output, requestId);
  } catch (error) {
    return protocol.fail(model, awsError(error), requestId);
  }

  function awsError(error: unknown): AwsError {
    if (error instanceof AwsError) {
      return error;
    }
    if (error instanceof SignatureError) {
      return signatureError(model!.protocol, error);
    }
    options.onInternalError(error);
    return new AwsError({
      code: service === 's3' ? 'InternalError' : 'InternalFailure',
      statusCode: 500,
      message: `The sandbox failed: ${error}`,
    });
  }
}

function verify(request: WireRequest, options: ControlPlaneOptions) {
  const { estate, now } = options;
  return verifySignature({
    request,
    now: now(),
    resolve: accessKeyId => resolveCredentials({ estate, accessKeyId }),
  });
}
