import {
  Client,
  credentials,
  Metadata,
  type ServiceError,
} from '@grpc/grpc-js';
import { signCall } from './signCall';
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
  const { host: _, ...others } = await signCall({
    signer,
    host,
    path,
    method: 'POST',
  });
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(others)) {
    metadata.set(name, value);
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
