import { Sha256 } from '@aws-crypto/sha256-js';
import type { TestClientConfig } from '@lattice-portal/sandbox';
import { SignatureV4 } from '@smithy/signature-v4';
import { request } from 'node:http';

/** Calls a service in the sandbox, signed, and gives the status of the answer. */
export async function callService(options: {
  /** Of the sandbox. */
  url: string;
  /** Who calls. */
  signer: TestClientConfig;
  /** Name of the service in DNS. */
  host: string;
  sourceVpcId: string;
  path: string;
}): Promise<number> {
  const { url, signer, host, sourceVpcId, path } = options;
  // By `node:http`, as `fetch` doesn't let a request have the Host of a service.
  const signed: any = await new SignatureV4({
    credentials: signer.credentials,
    region: signer.region,
    service: 'vpc-lattice-svcs',
    sha256: Sha256,
  }).sign({
    protocol: 'https:',
    hostname: host,
    path,
    method: 'GET',
    headers: { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
  } as any);
  return new Promise((resolve, reject) => {
    request(
      {
        host: '127.0.0.1',
        port: new URL(url).port,
        path,
        headers: { ...signed.headers, 'x-sandbox-source-vpc': sourceVpcId },
      },
      response => {
        response.resume();
        resolve(response.statusCode!);
      },
    )
      .on('error', reject)
      .end();
  });
}
