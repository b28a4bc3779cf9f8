import type { IncomingMessage } from 'node:http';
import type { Estate } from '../../estate/Estate';
import { authenticate } from '../authorization/authenticate';
import type { DataPlaneCall } from '../DataPlaneCall';

/** Names the VPC a request comes from. No part of AWS. */
export const SOURCE_VPC_HEADER = 'x-sandbox-source-vpc';

/**
 * Reads an HTTP request as a call, with its signature checked.
 *
 * @param options - `now`: milliseconds since the epoch.
 */
export async function readCall(options: {
  request: IncomingMessage;
  estate: Estate;
  now: number;
}): Promise<DataPlaneCall> {
  const { request, estate, now } = options;
  const method = request.method ?? 'GET';
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? '' : url.slice(mark + 1);
  const caller = authenticate({
    estate,
    request: { method, path, query, headers: request.headers },
    now,
  });
  const headers: Record<string, string[]> = {};
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    if (values && name !== SOURCE_VPC_HEADER) {
      headers[name] = values;
    }
  }
  return {
    host: request.headers.host ?? '',
    method,
    path,
    query,
    headers,
    body: await readBody(request),
    caller,
    sourceVpcId: request.headersDistinct[SOURCE_VPC_HEADER]?.[0],
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
