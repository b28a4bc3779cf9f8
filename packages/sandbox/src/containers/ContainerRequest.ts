/** A request to a container's port. */
export interface ContainerRequest {
  method: string;
  /** With the query string. */
  path: string;
  headers: Record<string, string[]>;
  body?: Buffer;
  timeoutMilliseconds: number;
  /** What the target speaks, without TLS. Default: HTTP/1.1. */
  version?: 'HTTP/1.1' | 'HTTP/2';
}

/** What a container answered. */
export interface ContainerResponse {
  statusCode: number;
  headers: Record<string, string[]>;
  body: Buffer;
  /** After the body, as gRPC tells its status. */
  trailers: Record<string, string[]>;
}
