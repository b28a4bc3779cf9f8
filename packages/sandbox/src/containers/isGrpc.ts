/**
 * Whether a request or an answer is of gRPC.
 * https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 *
 * @param headers - Names in lower case.
 */
export function isGrpc(headers: Record<string, string[]>): boolean {
  return /^application\/grpc(?![a-z-])/i.test(
    headers['content-type']?.[0] ?? '',
  );
}
