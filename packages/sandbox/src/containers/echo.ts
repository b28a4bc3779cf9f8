import type { ContainerDefinition } from '../estate/containerResources';
import type { ContainerRequest, ContainerResponse } from './ContainerRunner';

/** Answers in the place of an image that the sandbox can't run: with what it was asked. */
export function echo(
  { image, name }: ContainerDefinition,
  { method, path, headers }: ContainerRequest,
): ContainerResponse {
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
  };
}
