import type { WireRequest } from './Protocol';

/**
 * Undoes what S3 clients do to requests that no other service knows: the bucket in the host name,
 * and bodies in `aws-chunked` encoding.
 *
 * @remarks
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export function readS3Request(request: WireRequest): WireRequest {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  const bucket = /^(.+)\.(?:s3[.-].*|localhost)$/.exec(host)?.[1];
  const isChunked =
    request.headers['content-encoding']?.includes('aws-chunked') ||
    request.headers['x-amz-content-sha256']?.startsWith('STREAMING-');
  return {
    ...request,
    path: bucket ? `/${bucket}${request.path}` : request.path,
    body: isChunked ? decodeChunks(request.body) : request.body,
  };
}

/** Chunks are `<hex size>[;extension]\r\n<bytes>\r\n`; the last has size 0 and trailers follow it. */
function decodeChunks(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  let position = 0;
  while (position < body.length) {
    const end = body.indexOf('\r\n', position);
    const size = parseInt(body.toString('latin1', position, end), 16);
    if (end < 0 || !size) {
      break;
    }
    chunks.push(body.subarray(end + 2, end + 2 + size));
    position = end + 2 + size + 2;
  }
  return Buffer.concat(chunks);
}
