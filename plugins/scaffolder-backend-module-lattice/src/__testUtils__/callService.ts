import { signCall, type TestClientConfig } from '@lattice-portal/sandbox';
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
  const signed = await signCall({ signer, host, path, method: 'GET' });
  return new Promise((resolve, reject) => {
    request(
      {
        host: '127.0.0.1',
        port: new URL(url).port,
        path,
        headers: { ...signed, 'x-sandbox-source-vpc': sourceVpcId },
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
