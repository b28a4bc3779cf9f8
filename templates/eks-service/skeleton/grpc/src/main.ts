import { ServerCredentials } from '@grpc/grpc-js';
import { createHealthServer } from './createHealthServer.ts';
import { createServer } from './createServer.ts';

const server = createServer({
  serviceName: process.env.SERVICE_NAME ?? '${{ values.name }}',
});
// VPC Lattice ends TLS, and reaches the pods within the VPC.
server.bindAsync('0.0.0.0:8080', ServerCredentials.createInsecure(), error => {
  if (error) {
    throw error;
  }
});
const health = createHealthServer().listen(8081);

// Kubernetes says so before it takes the pod away: answer what has arrived, take nothing new.
process.on('SIGTERM', () => {
  server.tryShutdown(() => health.close());
});
