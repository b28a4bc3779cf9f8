import type { Estate } from '../../estate/Estate';
import { type HttpRequest, hostOf } from '../../wire/HttpExchange';
import { authenticate } from '../authorization/authenticate';
import type { DataPlaneCall } from '../DataPlaneCall';

/** Names the VPC a request comes from. No part of AWS. */
export const SOURCE_VPC_HEADER = 'x-sandbox-source-vpc';

/**
 * Reads an HTTP request as a call, with its signature checked. In HTTP/2 the `host` that is signed is what
 * `:authority` says.
 *
 * @param options - `now`: milliseconds since the epoch.
 */
export async function readCall(options: {
  request: HttpRequest;
  estate: Estate;
  now: number;
}): Promise<DataPlaneCall> {
  const { request, estate, now } = options;
  const host = hostOf(request);
  const method = request.method ?? 'GET';
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? '' : url.slice(mark + 1);
  const caller = authenticate({
    estate,
    request: { method, path, query, headers: { ...request.headers, host } },
    now,
  });
  const { [SOURCE_VPC_HEADER]: sourceVpc, ...headers } = headersOf(request);
  return {
    host,
    method,
    path,
    query,
    headers,
    body: await readBody(request),
    caller,
    protocol: request.httpVersionMajor === 2 ? 'HTTP/2' : 'HTTP/1.1',
    sourceVpcId: sourceVpc?.[0],
  };
}

/** All values of each header, by names in lower case, without what HTTP/2 says of the request itself. */
function headersOf({ rawHeaders }: HttpRequest): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index].toLowerCase();
    if (!name.startsWith(':')) {
      headers[name] = [...(headers[name] ?? []), rawHeaders[index + 1]];
    }
  }
  return headers;
}

async function readBody(request: HttpRequest): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
