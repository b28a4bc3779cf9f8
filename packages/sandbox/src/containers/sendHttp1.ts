import { request as httpRequest } from 'node:http';
import { ContainerError } from './ContainerError';
import type { ContainerRequest, ContainerResponse } from './ContainerRequest';

/**
 * Sends a request in HTTP/1.1 to a port of this machine.
 *
 * @throws ContainerError when nothing answers.
 */
export function sendHttp1(
  port: number,
  request: ContainerRequest,
): Promise<ContainerResponse> {
  const { method, path, body, timeoutMilliseconds } = request;
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, values]) => [
      name,
      values.length === 1 ? values[0] : values,
    ]),
  );
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      { host: '127.0.0.1', port, method, path, headers, agent: false },
      response => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () =>
          resolve({
            statusCode: response.statusCode ?? 502,
            headers: listsOf(response.headersDistinct),
            body: Buffer.concat(chunks),
            trailers: listsOf(response.trailersDistinct),
          }),
        );
      },
    );
    function fail(error: Error): void {
      reject(new ContainerError('TargetConnectionClosed', error.message));
    }
    outgoing.on('error', fail);
    outgoing.setTimeout(timeoutMilliseconds, () => {
      reject(
        new ContainerError(
          'TargetDataTimeout',
          `No answer within ${timeoutMilliseconds} ms`,
        ),
      );
      outgoing.destroy();
    });
    outgoing.end(body);
  });
}

function listsOf(values: NodeJS.Dict<string[]>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(values).map(([name, list = []]) => [name, list]),
  );
}
