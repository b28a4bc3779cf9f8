import { Sha256 } from '@aws-crypto/sha256-js';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { SignatureV4 } from '@smithy/signature-v4';

type Credentials = ConstructorParameters<typeof SignatureV4>[0]['credentials'];

/** Options of {@link createLatticeFetch}. */
export interface LatticeFetchOptions {
  /** Region of the services; the Region this runs in, unless given. */
  region?: string;
  /** The role to call as; the one this runs as, unless given. */
  credentials?: Credentials;
  /** What sends the signed request. */
  fetch?: typeof fetch;
}

/**
 * A `fetch` for services on VPC Lattice: signs each request with Signature Version 4.
 *
 * The body is not part of the signature, as VPC Lattice wants it. A redirect is not followed: its target would need a
 * signature of its own.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/sigv4-authenticated-requests.html
 */
export function createLatticeFetch(
  options: LatticeFetchOptions = {},
): typeof fetch {
  const region = options.region ?? process.env.AWS_REGION;
  if (!region) {
    throw new Error('Set AWS_REGION, or give the Region of the services');
  }
  const send = options.fetch ?? fetch;
  const signer = new SignatureV4({
    service: 'vpc-lattice-svcs',
    region,
    credentials: options.credentials ?? defaultProvider(),
    sha256: Sha256,
  });

  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const signed = await signer.sign({
      method: request.method,
      protocol: url.protocol,
      hostname: url.hostname,
      port: url.port ? Number(url.port) : undefined,
      path: url.pathname,
      query: queryOf(url),
      headers: {
        ...Object.fromEntries(request.headers),
        host: url.host,
        'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
      },
    });
    const headers = new Headers(signed.headers as Record<string, string>);
    headers.delete('host'); // What sends the request sets it, to the same.
    return send(new Request(request, { headers, redirect: 'manual' }));
  };
}

function queryOf(url: URL): Record<string, string[]> {
  const query: Record<string, string[]> = {};
  for (const [name, value] of url.searchParams) {
    (query[name] ??= []).push(value);
  }
  return query;
}
