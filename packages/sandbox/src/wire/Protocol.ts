import type { AwsError } from '../operations/AwsError';
import type { ServiceModel } from './model';

/** An HTTP request, read whole. */
export interface WireRequest {
  method: string;
  /** As on the wire, without the query. */
  path: string;
  /** As on the wire, without the question mark. */
  query: string;
  /** Names in lower case. */
  headers: Record<string, string | undefined>;
  body: Buffer;
}

export interface WireResponse {
  status: number;
  headers: Record<string, string>;
  body?: string | Buffer;
}

/** One of the protocols that AWS services speak. */
export interface Protocol {
  /** Name of the operation asked for; undefined when the request names none of the model. */
  operationOf(model: ServiceModel, request: WireRequest): string | undefined;
  /** The operation's input. Throws AwsError. */
  parse(model: ServiceModel, operation: string, request: WireRequest): any;
  respond(
    model: ServiceModel,
    operation: string,
    output: any,
    requestId: string,
  ): WireResponse;
  fail(model: ServiceModel, error: AwsError, requestId: string): WireResponse;
  /** The code by which this protocol says that an operation is not there. */
  readonly unknownOperation: { code: string; statusCode: number };
}

/** Shape, code and HTTP status of an error, as its service's model has them. */
export function describeError(
  model: ServiceModel,
  error: AwsError,
): { shape: string | undefined; code: string; status: number } {
  const shape = model.errors.find(
    name =>
      name === error.code ||
      model.shapes[name].traits?.awsQueryError?.[0] === error.code,
  );
  const traits = shape ? model.shapes[shape].traits ?? {} : {};
  const usesQuery = model.protocol === 'awsQuery';
  return {
    shape,
    code: (usesQuery && traits.awsQueryError?.[0]) || shape || error.code,
    status:
      error.statusCode ??
      (usesQuery ? traits.awsQueryError?.[1] : undefined) ??
      traits.httpError ??
      400,
  };
}

/** The members of an error as its shape names them: services write `message` or `Message`. */
export function errorMembers(
  model: ServiceModel,
  shape: string | undefined,
  error: AwsError,
): Record<string, unknown> {
  const name =
    shape && model.shapes[shape].members?.Message ? 'Message' : 'message';
  return { ...error.members, [name]: error.message };
}
