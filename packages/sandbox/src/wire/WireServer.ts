import { randomUUID } from 'crypto';
import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import type { Http2ServerRequest, Http2ServerResponse } from 'http2';
import type { AddressInfo } from 'net';
import { hostOf, type HttpRequest, type HttpResponse } from './HttpExchange';
import { listenForHttp2 } from './listenForHttp2';
import type { WireRequest, WireResponse } from './Protocol';

const MAXIMUM_BODY = 64 * 1024 * 1024;

/** What the one port of the sandbox serves. */
export interface WireServerOptions {
  /** Answers requests to AWS APIs. */
  handleControlPlane(
    request: WireRequest,
    requestId: string,
  ): Promise<WireResponse>;
  /** Whether a host name is one of a VPC Lattice service. */
  isDataPlaneHost(host: string): boolean;
  /** Answers requests to VPC Lattice services. */
  handleDataPlane(request: HttpRequest, response: HttpResponse): Promise<void>;
  /** What is made by hand, by path. Each takes JSON text, and throws when it can't read it. */
  byHand: Map<string, (body: string) => void>;
  /** What `GET /_sandbox/clusters` says. */
  clusters(): unknown[];
  /** What `GET /_sandbox/health` says. */
  health(): Record<string, unknown>;
}

/**
 * One HTTP port for the APIs of all AWS services and for the data plane, which speaks HTTP/2 as well. Until it is told what to
 * serve, it answers 503, which clients try again.
 */
export class WireServer {
  readonly #server: Server;
  readonly #closeHttp2: (options: { force: boolean }) => void;
  #options: WireServerOptions | undefined;

  constructor() {
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch(error => fail(response, error));
    });
    this.#closeHttp2 = listenForHttp2(this.#server, (request, response) => {
      this.#handleHttp2(request, response).catch(error =>
        fail(response, error),
      );
    });
    // Keeps idle connections longer than the SDK does, so that it is never the server that closes
    // one while the client is sending on it.
    this.#server.keepAliveTimeout = 65_000;
  }

  /** Starts listening. Port 0 takes any free one. Gives the port. */
  async listen(options: { port: number; host: string }): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(options, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    return (this.#server.address() as AddressInfo).port;
  }

  /** Answers requests from now on. */
  serve(options: WireServerOptions): void {
    this.#options = options;
  }

  /** Finishes the requests under way, then closes all connections. Safe to call twice. */
  async close(): Promise<void> {
    const closed = new Promise<void>(resolve => {
      this.#server.close(() => resolve());
    });
    this.#server.closeIdleConnections();
    this.#closeHttp2({ force: false });
    const timer = setTimeout(() => {
      this.#server.closeAllConnections();
      this.#closeHttp2({ force: true });
    }, 2000);
    await closed;
    clearTimeout(timer);
  }

  /** The APIs of AWS are for HTTP/1.1 here, as their SDKs speak it. */
  async #handleHttp2(
    request: Http2ServerRequest,
    response: Http2ServerResponse,
  ): Promise<void> {
    const options = this.#options;
    if (!options) {
      response.writeHead(503, { 'retry-after': '1' });
      response.end();
      return;
    }
    if (!options.isDataPlaneHost(hostNameOf(request))) {
      response.writeHead(505);
      response.end();
      return;
    }
    await options.handleDataPlane(request, response);
  }

  async #handle(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const options = this.#options;
    if (!options) {
      response.writeHead(503, { 'retry-after': '1' }).end();
      return;
    }
    if (options.isDataPlaneHost(hostNameOf(request))) {
      await options.handleDataPlane(request, response);
      return;
    }
    const [path, query = ''] = splitOnce(request.url ?? '/', '?');
    if (path === '/_sandbox/health') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(options.health()));
      return;
    }
    if (path === '/_sandbox/clusters') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(options.clusters()));
      return;
    }
    const body = await readBody(request);
    if (!body) {
      response.writeHead(413, { connection: 'close' }).end();
      return;
    }
    const method = request.method ?? 'GET';
    const byHand = options.byHand.get(path);
    if (byHand && method === 'POST') {
      try {
        byHand(body.toString());
        response.writeHead(204).end();
      } catch (error) {
        response.writeHead(400, { 'content-type': 'text/plain' });
        response.end(String(error));
      }
      return;
    }
    const headers = request.headers as Record<string, string | undefined>;
    const answer = await options.handleControlPlane(
      { method, path, query, headers, body },
      randomUUID(),
    );
    const isHead = method === 'HEAD';
    response.writeHead(answer.status, {
      ...answer.headers,
      ...(!isHead &&
        answer.status !== 204 && {
          'content-length': Buffer.byteLength(answer.body ?? ''),
        }),
    });
    response.end(isHead ? undefined : answer.body);
  }
}

function fail(
  response: ServerResponse | Http2ServerResponse,
  error: unknown,
): void {
  if (!response.headersSent) {
    response.statusCode = 500;
    response.setHeader('content-type', 'text/plain');
  }
  response.end(String(error));
}

function hostNameOf(request: HttpRequest): string {
  return hostOf(request).replace(/:\d+$/, '').toLowerCase();
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** Undefined when the body is larger than anything the sandbox takes. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAXIMUM_BODY) {
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
