import type { Server } from 'node:http';
import {
  createServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2';
import type { Socket } from 'node:net';

/** What every connection of HTTP/2 begins with. */
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/**
 * Lets a server of HTTP/1.1 take HTTP/2 without TLS on the same port, from clients that know beforehand
 * that it does, as those of gRPC.
 *
 * @remarks
 * https://www.rfc-editor.org/rfc/rfc9113#section-3.3
 *
 * A client that doesn't say within the server's `headersTimeout` what it speaks is let go, as one of
 * HTTP/1.1 would be.
 *
 * @returns a function that closes the connections of HTTP/2, those with streams under way by force if told,
 * and those that have said nothing yet.
 */
export function listenForHttp2(
  server: Server,
  handle: (request: Http2ServerRequest, response: Http2ServerResponse) => void,
): (options: { force: boolean }) => void {
  const http2Server = createServer(handle);
  const sessions = new Set<ServerHttp2Session>();
  http2Server.on('session', session => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
    // A client that goes away in the middle is no fault of the server.
    session.on('error', () => session.destroy());
  });
  /** Connections that have not said yet what they speak. Some clients go away before. */
  const undecided = new Set<Socket>();
  const listeners = server.listeners('connection');
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    const fail = () => socket.destroy();
    undecided.add(socket);
    socket.once('close', () => undecided.delete(socket));
    // Kept here: what is put back before it is all there would be read again at once, and for ever.
    let received = Buffer.alloc(0);
    const decide = () => {
      received = Buffer.concat([received, socket.read() ?? Buffer.alloc(0)]);
      const length = Math.min(received.length, PREFACE.length);
      const isAlike = received
        .subarray(0, length)
        .equals(PREFACE.subarray(0, length));
      if (isAlike && length < PREFACE.length) {
        socket.once('readable', decide);
        return;
      }
      socket.unshift(received);
      socket.off('error', fail);
      socket.off('end', fail);
      socket.off('timeout', fail);
      socket.setTimeout(0);
      undecided.delete(socket);
      if (isAlike) {
        http2Server.emit('connection', socket);
      } else {
        listeners.forEach(listener => listener.call(server, socket));
      }
    };
    socket.on('error', fail);
    socket.once('end', fail);
    // Half of what HTTP/2 begins with may be all that ever comes.
    socket.setTimeout(server.headersTimeout, fail);
    socket.once('readable', decide);
  });
  return ({ force }) => {
    undecided.forEach(socket => socket.destroy());
    for (const session of sessions) {
      if (force) {
        session.destroy();
      } else {
        session.close();
      }
    }
  };
}
