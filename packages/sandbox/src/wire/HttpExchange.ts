import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';

/** A request in HTTP/1.1 or HTTP/2. */
export type HttpRequest = IncomingMessage | Http2ServerRequest;

/** The answer to an {@link HttpRequest}. */
export type HttpResponse = ServerResponse | Http2ServerResponse;

/** The host a request is for, with or without a port; empty where it names none. */
export function hostOf(request: HttpRequest): string {
  const { host, ':authority': authority } = request.headers;
  return host ?? String(authority ?? '');
}
