import {
  Client,
  credentials,
  Metadata,
  type ServiceError,
} from '@grpc/grpc-js';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { TestClientConfig } from '../../testing/startTestSandbox';

/** What came of a call, with the status in the words of gRPC's clients. */
export interface GrpcAnswer {
  code: number;
  details: string;
  message?: string;
}

/** Calls a method of gRPC through the sandbox, signed, with a client that knows nothing of it. */
export async function callGrpc(options: {
  url: string;
  signer: TestClientConfig;
  host: string;
  sourceVpcId: string;
  /** `/SERVICE/METHOD`. */
  path: string;
  message: string;
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
  try {
    return await new Promise(resolve => {
      client.makeUnaryRequest(
        path,
        (text: string) => Buffer.from(text),
        (bytes: Buffer) => bytes.toString(),
        message,
        metadata,
        (error: ServiceError | null, answer?: string) =>
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
