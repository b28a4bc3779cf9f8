import { stockFiles } from './stockFiles';

/**
 * Like {@link stockFiles}, with a service of gRPC: `Count` and `Hide` are routed, `Count` and `Gone` allowed.
 */
export function grpcFiles(
  options: {
    /** Default: those that the sandbox has. */
    dependencies?: Record<string, string>;
  } = {},
): Record<string, string> {
  const { dependencies = { '@grpc/grpc-js': '^1.13.0' } } = options;
  const files = stockFiles({
    replicas: 1,
    rules: `
    - matches: [{ method: { service: stock.v1.Stock, method: Count } }]
      backendRefs: [{ kind: Service, name: stock, port: 8080 }]
    - matches: [{ method: { service: stock.v1.Stock, method: Hide } }]
      backendRefs: [{ kind: Service, name: stock, port: 8080 }]
`,
  });
  const path = 'deploy/lattice/lattice.yaml';
  return {
    ...files,
    [path]: files[path]
      .replaceAll('kind: HTTPRoute', 'kind: GRPCRoute')
      .replace(
        '"Resource":"*"',
        '"Resource":["*/stock.v1.Stock/Count","*/stock.v1.Stock/Gone"]',
      )
      .replace('protocolVersion: HTTP1\n', 'protocolVersion: HTTP2\n'),
    'package.json': JSON.stringify({
      type: 'module',
      scripts: { start: 'node src/main.ts' },
      dependencies,
    }),
    'src/main.ts': `
import { createServer } from 'node:http';
import * as grpc from '@grpc/grpc-js';
const same = (bytes: Buffer) => bytes;
const about = { requestStream: false, responseStream: false, requestSerialize: same, requestDeserialize: same, responseSerialize: same, responseDeserialize: same };
const server = new grpc.Server();
server.addService({
  Count: { path: '/stock.v1.Stock/Count', ...about },
  Hide: { path: '/stock.v1.Stock/Hide', ...about },
  Gone: { path: '/stock.v1.Stock/Gone', ...about },
} as any, {
  Count: (call: any, answer: any) => String(call.request) === 'nothing'
    ? answer({ code: grpc.status.NOT_FOUND, details: 'There is none' })
    : answer(null, Buffer.from(call.request + ' for ' + call.metadata.get('x-amzn-lattice-identity'))),
  Hide: (call: any, answer: any) => answer(null, Buffer.from('hidden')),
  Gone: (call: any, answer: any) => answer(null, Buffer.from('gone')),
});
server.bindAsync('0.0.0.0:8080', grpc.ServerCredentials.createInsecure(), () => {});
createServer((request, response) => response.writeHead(request.url === '/health' ? 200 : 404).end()).listen(8081);
`,
  };
}
