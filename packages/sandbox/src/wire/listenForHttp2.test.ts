import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { listenForHttp2 } from './listenForHttp2';

describe('listenForHttp2', () => {
  it('lets go of clients that go away or say nothing', async () => {
    const server = createServer((_, response) => response.end('answer'));
    const close = listenForHttp2(server, () => {});
    server.headersTimeout = 500;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;

    const leaving = connect(port, '127.0.0.1');
    await once(leaving, 'connect');
    leaving.resume().end();
    await once(leaving, 'close');

    const silent = connect(port, '127.0.0.1');
    await once(silent, 'connect');
    const answer = await fetch(`http://127.0.0.1:${port}`);
    await expect(answer.text()).resolves.toBe('answer');

    for (const isEnded of [true, false]) {
      const halting = connect(port, '127.0.0.1');
      await once(halting, 'connect');
      halting.resume().write('PRI * HTTP/2.0');
      if (isEnded) {
        halting.end();
      }
      await once(halting, 'close');
    }

    const closed = new Promise(resolve => server.close(resolve));
    server.closeIdleConnections();
    close({ force: false });
    await closed;
  });
});
