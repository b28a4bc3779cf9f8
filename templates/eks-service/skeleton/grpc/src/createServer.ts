import { fileURLToPath } from 'node:url';
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { callerOf } from './callerOf.ts';

interface GreetRequest {
  name: string;
}

interface GreetResponse {
  message: string;
  caller: string;
}

const contract = grpc.loadPackageDefinition(
  loadSync(fileURLToPath(new URL('../proto/service.proto', import.meta.url))),
) as unknown as {
  service: { v1: { Greeter: grpc.ServiceClientConstructor } };
};

/** The service of the contract, for servers and clients. */
export const { Greeter } = contract.service.v1;

/** The server behind the service. */
export function createServer(options: { serviceName: string }): grpc.Server {
  const { serviceName } = options;
  const server = new grpc.Server();
  const greet: grpc.handleUnaryCall<GreetRequest, GreetResponse> = (
    call,
    answer,
  ) => {
    // The auth policy has let the caller in already; the check here holds should the policy ever be lost.
    const header = (name: string) => call.metadata.get(name).join(';');
    const caller = callerOf({
      'x-amzn-lattice-identity': header('x-amzn-lattice-identity'),
      'x-amzn-lattice-network': header('x-amzn-lattice-network'),
    });
    if (!caller) {
      answer({
        code: grpc.status.UNAUTHENTICATED,
        details: 'Requests must be signed',
      });
      return;
    }
    console.log(
      JSON.stringify({ message: 'request', principal: caller.principal }),
    );
    answer(null, {
      message: `Hello ${call.request.name} from ${serviceName}`,
      caller: caller.principal,
    });
  };
  server.addService(Greeter.service, { Greet: greet });
  return server;
}
