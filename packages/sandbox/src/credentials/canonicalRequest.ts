/** What a SigV4 signature covers. */
export interface CanonicalRequestOptions {
  method: string;
  /** As on the wire, without the query. */
  path: string;
  /** As on the wire, without the question mark. */
  query: string;
  /** Names in lower case. */
  headers: Record<string, string | string[] | undefined>;
  signedHeaders: string[];
  payloadHash: string;
  /** S3 signs the path as it is on the wire; all other services encode it once more. */
  encodePathTwice: boolean;
}

/**
 * The text whose hash is signed.
 *
 * @remarks
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function canonicalRequest(options: CanonicalRequestOptions): string {
  const { headers, signedHeaders } = options;
  const canonicalHeaders = signedHeaders
    .map(name => {
      const value = headers[name];
      const text = Array.isArray(value) ? value.join(',') : value ?? '';
      return `${name}:${text.trim().replace(/\s+/g, ' ')}\n`;
    })
    .join('');
  return [
    options.method,
    canonicalPath(options.path, options.encodePathTwice),
    canonicalQuery(options.query),
    canonicalHeaders,
    signedHeaders.join(';'),
    options.payloadHash,
  ].join('\n');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function canonicalPath(path: string, encodeTwice: boolean): string {
  if (!encodeTwice) {
    return path || '/';
  }
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part && part !== '.') {
      parts.push(part);
    }
  }
  const trailing = parts.length && path.endsWith('/') ? '/' : '';
  return `/${parts.map(encode).join('/')}${trailing}`;
}

function canonicalQuery(query: string): string {
  if (!query) {
    return '';
  }
  return query
    .split('&')
    .filter(part => part && !part.startsWith('X-Amz-Signature='))
    .map(part => {
      const at = part.indexOf('=');
      const [name, value] =
        at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
      return [encode(decode(name)), encode(decode(value))];
    })
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** Text that is no valid encoding stands for itself. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
