import { readJson, writeJson } from './json';
import { describeError, errorMembers, Protocol } from './Protocol';
import { serializationError } from './simpleValues';

const CONTENT_TYPE = 'application/x-amz-json-1.1';

/** https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export const awsJson: Protocol = {
  unknownOperation: { code: 'UnknownOperationException', statusCode: 400 },

  operationOf(_model, request) {
    return request.headers['x-amz-target']?.split('.').at(-1);
  },

  parse(model, operation, request) {
    return readJson(
      model,
      [model.operations[operation].input],
      parseJsonBody(request.body),
    );
  },

  respond(model, operation, output, requestId) {
    return {
      status: 200,
      headers: { 'content-type': CONTENT_TYPE, 'x-amzn-requestid': requestId },
      body: JSON.stringify(
        writeJson(model, [model.operations[operation].output], output),
      ),
    };
  },

  fail(model, error, requestId) {
    const { shape, code, status } = describeError(model, error);
    const members = errorMembers(model, shape, error);
    return {
      status,
      headers: { 'content-type': CONTENT_TYPE, 'x-amzn-requestid': requestId },
      body: JSON.stringify({
        __type: code,
        ...(shape
          ? (writeJson(model, [shape], members) as object)
          : { message: error.message }),
      }),
    };
  },
};

/** An empty body counts as an empty object. Throws SerializationException for anything but an object. */
export function parseJsonBody(body: Buffer): Record<string, unknown> {
  let json: unknown;
  try {
    json = body.length ? JSON.parse(body.toString()) : {};
  } catch {
    throw serializationError('The body is not valid JSON');
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw serializationError('The body is not a JSON object');
  }
  return json as Record<string, unknown>;
}
