import type { ContainerDefinition } from '../estate/containerResources';
import { isGrpc } from './isGrpc';
import type { ContainerRequest, ContainerResponse } from './ContainerRequest';

/** A message of gRPC without a field, which is one of every type: not compressed, 0 bytes. */
const EMPTY_MESSAGE = Buffer.alloc(5);

/**
 * Answers in the place of an image that the sandbox can't run: with what it was asked, or for gRPC, whose
 * types it does not know, with an empty message.
 */
export function echo(
  { image, name }: ContainerDefinition,
  { method, path, headers }: ContainerRequest,
): ContainerResponse {
  if (isGrpc(headers)) {
    return {
      statusCode: 200,
      headers: {
        'content-type': ['application/grpc'],
        'x-sandbox-echo': ['true'],
      },
      body: EMPTY_MESSAGE,
      trailers: { 'grpc-status': ['0'] },
    };
  }
  const identity = headers['x-amzn-lattice-identity']?.[0];
  const body = JSON.stringify({
    message: `The sandbox runs no images: this is an echo in the place of ${image}`,
    container: name,
    request: { method, path: path.split('?')[0] },
    ...(identity && { identity }),
  });
  return {
    statusCode: 200,
    headers: {
      'content-type': ['application/json'],
      'x-sandbox-echo': ['true'],
    },
    body: Buffer.from(body),
    trailers: {},
  };
}
