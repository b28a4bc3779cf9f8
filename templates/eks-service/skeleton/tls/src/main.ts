import { readFileSync } from 'node:fs';
import { createHealthServer } from './createHealthServer.ts';
import { createServer } from './createServer.ts';

const read = (name: string) => readFileSync(`/certificate/${name}`, 'utf8');
const servers = [
  createServer({
    serviceName: process.env.SERVICE_NAME ?? '${{ values.name }}',
    cert: read('tls.crt'),
    key: read('tls.key'),
    ca: read('ca.crt'),
  }).listen(8080),
  createHealthServer().listen(8081),
];

// Kubernetes says so before it takes the pod away: answer what has arrived, take nothing new.
process.on('SIGTERM', () => servers.forEach(server => server.close()));
