import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Token the fake accepts. */
export const TOKEN = 'very-secret-token';

export interface FakeRepository {
  name: string;
  description: string;
  visibility: string;
  archived: boolean;
  defaultBranch: string;
}

export interface FakeChange {
  number: number;
  repository: string;
  branch: string;
  into: string;
  title: string;
  description: string;
  state: 'open' | 'merged' | 'closed';
}

export interface FakeAnswer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** One request of the REST API. */
export interface FakeRequest {
  method: string;
  /** Decoded, with its query. */
  url: URL;
  body: any;
}

/** What differs between GitHub and GitLab: their REST API. */
export interface FakeApi {
  /** Path the API is below. */
  prefix: string;
  /** Undefined: 404. */
  answer(host: FakeHost, request: FakeRequest): FakeAnswer | undefined;
  unauthorized: FakeAnswer;
}

/**
 * A source control host with one organization or group: repositories that take git over HTTP from git's own
 * `http-backend`, and the part of a REST API that the portal uses.
 */
export class FakeHost {
  readonly owner = 'acme';
  readonly repositories = new Map<string, FakeRepository>();
  readonly changes: FakeChange[] = [];
  /** Requests, as `POST /path`. */
  readonly requests: string[] = [];
  /** Answers instead of the real one. */
  fault?: (request: { method: string; path: string }) => FakeAnswer | undefined;
  /** Happens before a request is answered. */
  before?: (request: { method: string; path: string }) => Promise<void>;
  /** Cuts every connection from this request on. */
  cutFrom = Infinity;
  /** Pushes that were looked at. */
  pushes = 0;
  /** The token was found in a file while git pushed. */
  tokenOnDisk = false;

  static async start(options: { directory: string; api: FakeApi }) {
    const host = new FakeHost(options.directory, options.api);
    await new Promise<void>(resolve =>
      host.server.listen(0, '127.0.0.1', resolve),
    );
    return host;
  }

  private readonly server = createServer((request, response) => {
    this.serve(request, response).catch(error => {
      response.writeHead(500).end(String(error));
    });
  });

  private constructor(
    private readonly directory: string,
    private readonly api: FakeApi,
  ) {}

  /** `127.0.0.1:1234`. */
  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  gitdir(name: string): string {
    return join(this.directory, this.owner, `${name}.git`);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  create(repository: Omit<FakeRepository, 'archived' | 'defaultBranch'>): void {
    const gitdir = this.gitdir(repository.name);
    fs.mkdirSync(gitdir, { recursive: true });
    this.repositories.set(repository.name, {
      ...repository,
      archived: false,
      defaultBranch: 'main',
    });
  }

  remove(name: string): void {
    this.repositories.delete(name);
    fs.rmSync(this.gitdir(name), { recursive: true, force: true });
  }

  private async serve(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { method = 'GET' } = request;
    const url = new URL(request.url ?? '/', `http://${this.host}`);
    if (this.requests.length >= this.cutFrom) {
      request.socket.destroy();
      return;
    }
    this.requests.push(`${method} ${url.pathname}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const content = Buffer.concat(chunks);
    const isApi = url.pathname.startsWith(this.api.prefix);
    const asked = { method, path: url.pathname + url.search };
    await this.before?.(asked);
    const fault = this.fault?.(asked);
    if (fault) {
      send(response, fault);
    } else if (isApi) {
      send(response, this.answer({ request, url, content }));
    } else {
      await this.git({ request, response, url, content });
    }
  }

  private answer(options: {
    request: IncomingMessage;
    url: URL;
    content: Buffer;
  }): FakeAnswer {
    const { request, url, content } = options;
    const { headers } = request;
    const token =
      headers['private-token'] ??
      headers.authorization?.replace(/^(token|bearer) /i, '');
    if (token !== TOKEN) {
      return this.api.unauthorized;
    }
    const answer = this.api.answer(this, {
      method: request.method ?? 'GET',
      url: new URL(url.href.replace(this.api.prefix, '')),
      body: content.length ? JSON.parse(String(content)) : undefined,
    });
    return answer ?? { status: 404, body: { message: '404 Not Found' } };
  }

  private async git(options: {
    request: IncomingMessage;
    response: ServerResponse;
    url: URL;
    content: Buffer;
  }): Promise<void> {
    const { request, response, url, content } = options;
    const basic = Buffer.from(
      request.headers.authorization?.replace(/^Basic /, '') ?? '',
      'base64',
    ).toString();
    if (!basic.endsWith(`:${TOKEN}`)) {
      send(response, {
        status: 401,
        headers: { 'www-authenticate': 'Basic realm="git"' },
      });
      return;
    }
    const name = url.pathname.split('/')[2]?.replace(/\.git$/, '');
    const repository = this.repositories.get(name);
    if (!repository) {
      send(response, { status: 404, body: 'Repository not found' });
      return;
    }
    const gitdir = this.gitdir(name);
    if (!fs.existsSync(join(gitdir, 'HEAD'))) {
      await run('git', ['init', '--bare', '-b', 'main', gitdir]);
    }
    if (url.pathname.endsWith('/git-receive-pack')) {
      const folders = workFolders();
      this.pushes += folders.length ? 1 : 0;
      this.tokenOnDisk ||= await isInFolders(TOKEN, folders);
    }
    const backend = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: this.directory,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
        REMOTE_USER: 'portal',
        REQUEST_METHOD: request.method,
        PATH_INFO: url.pathname,
        QUERY_STRING: url.search.slice(1),
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        CONTENT_LENGTH: String(content.length),
      },
    });
    backend.stdin.on('error', () => {});
    backend.stdin.end(content);
    const chunks: Buffer[] = [];
    for await (const chunk of backend.stdout) {
      chunks.push(chunk);
    }
    const output = Buffer.concat(chunks);
    const end = output.indexOf('\r\n\r\n');
    const lines = output.subarray(0, end).toString().split('\r\n');
    const headers = Object.fromEntries(lines.map(line => line.split(': ')));
    const { Status: status = '200', ...others } = headers;
    response
      .writeHead(Number(status.slice(0, 3)), others)
      .end(output.subarray(end + 4));
  }
}

function send(response: ServerResponse, answer: FakeAnswer): void {
  const { status, body, headers } = answer;
  const text = typeof body === 'string';
  response
    .writeHead(status, {
      'content-type': text ? 'text/plain' : 'application/json',
      ...headers,
    })
    .end(text ? body : body && JSON.stringify(body));
}

/** The folders the portal has while it works. */
function workFolders(): string[] {
  return fs
    .readdirSync(tmpdir())
    .filter(name => name.startsWith('lattice-git-'))
    .map(name => join(tmpdir(), name));
}

async function isInFolders(
  secret: string,
  folders: string[],
): Promise<boolean> {
  const results = folders.map(folder =>
    run('grep', ['-rlF', secret, folder]).then(
      () => true,
      () => false,
    ),
  );
  return (await Promise.all(results)).includes(true);
}
