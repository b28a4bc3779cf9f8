import {
  createServer as createHttpServer,
  type Server,
  type ServerResponse,
} from 'node:http';
import { callerOf } from './callerOf.ts';

/** The server behind the service. */
export function createServer(options: { serviceName: string }): Server {
  const { serviceName } = options;
  return createHttpServer((request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0];
    // The auth policy has let the caller in already; the check here holds should the policy ever be lost.
    const caller = callerOf(request.headers);
    if (!caller) {
      answer(response, 401, { message: 'Requests must be signed' });
      return;
    }
    console.log(
      JSON.stringify({
        message: 'request',
        method: request.method,
        path,
        principal: caller.principal,
      }),
    );
    answer(response, 200, {
      service: serviceName,
      message: `Hello from ${serviceName}`,
      request: { method: request.method, path },
      caller,
    });
  });
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify(body));
}
