import {
  Client,
  credentials,
  Metadata,
  type ServiceError,
} from '@grpc/grpc-js';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { TestClientConfig } from './startTestSandbox';

/**
 * What came of a call of gRPC, with the status in the words of its clients.
 *
 * @public
 */
export interface GrpcAnswer {
  /** 0: OK. https://grpc.io/docs/guides/status-codes */
  code: number;
  /** Empty where all went well. */
  details: string;
  /** Absent: the call failed. */
  message?: Buffer;
}

/**
 * Calls a method of gRPC through the sandbox, signed, with a client that knows nothing of it.
 *
 * @public
 */
export async function callGrpc(options: {
  /** Of the sandbox. */
  url: string;
  /** Who calls. */
  signer: TestClientConfig;
  /** Name of the service in DNS. */
  host: string;
  sourceVpcId: string;
  /** `/SERVICE/METHOD`. */
  path: string;
  /** As it goes over the wire. */
  message: Buffer;
}): Promise<GrpcAnswer> {
  const { url, signer, host, path, message } = options;
  const signed: any = await new SignatureV4({
    credentials: signer.credentials,
    region: signer.region,
    service: 'vpc-lattice-svcs',
    sha256: Sha256,
  }).sign({
    protocol: 'https:',
    hostname: host,
    path,
    method: 'POST',
    headers: { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
  } as any);
  const { host: _, ...others } = signed.headers;
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(others)) {
    metadata.set(name, String(value));
  }
  metadata.set('x-sandbox-source-vpc', options.sourceVpcId);
  const client = new Client(new URL(url).host, credentials.createInsecure(), {
    'grpc.default_authority': host,
  });
  const same = (bytes: Buffer) => bytes;
  try {
    return await new Promise(resolve => {
      client.makeUnaryRequest(
        path,
        same,
        same,
        message,
        metadata,
        (error: ServiceError | null, answer?: Buffer) =>
          resolve(
            error
              ? { code: error.code, details: error.details }
              : { code: 0, details: '', message: answer },
          ),
      );
    });
  } finally {
    client.close();
  }
}
