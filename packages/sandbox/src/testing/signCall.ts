import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { TestClientConfig } from './startTestSandbox';

/**
 * Signs a call of a service, as AWS SDKs sign for VPC Lattice.
 *
 * @returns all headers it has to be sent with, `host` too
 *
 * @public
 */
export async function signCall(options: {
  /** Who calls. */
  signer: Pick<TestClientConfig, 'credentials' | 'region'>;
  /** Name of the service in DNS. */
  host: string;
  path: string;
  method: string;
}): Promise<Record<string, string>> {
  const { signer, host, path, method } = options;
  const { headers }: any = await new SignatureV4({
    credentials: signer.credentials,
    region: signer.region,
    service: 'vpc-lattice-svcs',
    sha256: Sha256,
  }).sign({
    protocol: 'https:',
    hostname: host,
    path,
    method,
    headers: { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
  } as any);
  return headers;
}
