import {
  connect,
  constants,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http2';
import { ContainerError } from './ContainerError';
import type { ContainerRequest, ContainerResponse } from './ContainerRequest';

/**
 * Sends a request in HTTP/2 without TLS to a port of this machine, over a connection of its own.
 *
 * @throws ContainerError when nothing answers, or something that is not HTTP/2.
 */
export function sendHttp2(
  port: number,
  request: ContainerRequest,
): Promise<ContainerResponse> {
  const { method, path, body, timeoutMilliseconds } = request;
  // Of `te`, HTTP/2 knows one value alone.
  const { host, te, ...headers } = request.headers;
  const outgoing: OutgoingHttpHeaders = {
    ...headers,
    ...(te?.includes('trailers') && { te: 'trailers' }),
    [constants.HTTP2_HEADER_METHOD]: method,
    [constants.HTTP2_HEADER_PATH]: path,
    [constants.HTTP2_HEADER_AUTHORITY]: host?.[0],
  };
  return new Promise<ContainerResponse>((resolve, reject) => {
    const session = connect(`http://127.0.0.1:${port}`);
    const fail = (reason: ContainerError['reason'], message: string) => {
      reject(new ContainerError(reason, message));
      session.destroy();
    };
    const closed = (error: Error) =>
      fail('TargetConnectionClosed', error.message);
    session.on('error', closed);
    const stream = session.request(outgoing);
    let answer: IncomingHttpHeaders = {};
    let trailers: IncomingHttpHeaders = {};
    const chunks: Buffer[] = [];
    stream.on('response', received => (answer = received));
    stream.on('trailers', received => (trailers = received));
    stream.on('data', chunk => chunks.push(chunk));
    stream.on('error', closed);
    stream.on('end', () => {
      const statusCode = Number(answer[constants.HTTP2_HEADER_STATUS]);
      if (!statusCode) {
        closed(new Error('The stream ended without an answer'));
        return;
      }
      resolve({
        statusCode,
        headers: listsOf(answer),
        body: Buffer.concat(chunks),
        trailers: listsOf(trailers),
      });
      session.close();
    });
    stream.setTimeout(timeoutMilliseconds, () =>
      fail('TargetDataTimeout', `No answer within ${timeoutMilliseconds} ms`),
    );
    stream.end(body);
  });
}

/** Without what HTTP/2 says of the answer itself. */
function listsOf(headers: IncomingHttpHeaders): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !name.startsWith(':'))
      .map(([name, value = []]) => [name, [value].flat()]),
  );
}
