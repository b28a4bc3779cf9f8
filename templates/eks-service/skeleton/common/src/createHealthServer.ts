import { createServer, type Server } from 'node:http';

/**
 * Answers health checks, on a port of their own: VPC Lattice and the kubelet ask without signing, and in HTTP also
 * where the service speaks something else.
 */
export function createHealthServer(): Server {
  return createServer((request, response) => {
    const isHealth = request.url?.split('?', 1)[0] === '/health';
    response.writeHead(isHealth ? 200 : 404).end();
  });
}
