import { createHealthServer } from './createHealthServer.ts';
import { createServer } from './createServer.ts';

const servers = [
  createServer({
    serviceName: process.env.SERVICE_NAME ?? '${{ values.name }}',
  }).listen(8080),
  createHealthServer().listen(8081),
];

// Kubernetes says so before it takes the pod away: answer what has arrived, take nothing new.
process.on('SIGTERM', () => servers.forEach(server => server.close()));
