import { createServer as createHttpsServer, type Server } from 'node:https';
import type { TLSSocket } from 'node:tls';

/** Texts in PEM. */
export interface Certificates {
  /** Of this service. */
  cert: string;
  key: string;
  /** Authorities of the callers' certificates. */
  ca: string;
}

/**
 * The server behind the service. VPC Lattice passes TLS through and knows no caller: who calls is told by the
 * certificate that the caller has to show.
 */
export function createServer(
  options: { serviceName: string } & Certificates,
): Server {
  const { serviceName, ...certificates } = options;
  return createHttpsServer(
    { ...certificates, requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      const { subject } = (request.socket as TLSSocket).getPeerCertificate();
      const path = (request.url ?? '/').split('?', 1)[0];
      console.log(
        JSON.stringify({
          message: 'request',
          method: request.method,
          path,
          caller: subject.CN,
        }),
      );
      response.writeHead(200, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          service: serviceName,
          message: `Hello from ${serviceName}`,
          request: { method: request.method, path },
          caller: { name: subject.CN },
        }),
      );
    },
  );
}
