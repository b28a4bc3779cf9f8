import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { createHealthServer } from './createHealthServer.ts';

const server = createHealthServer();
let url: string;

before(async () => {
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => server.close());

test('answers health checks and nothing else', async () => {
  assert.equal((await fetch(`${url}/health?deep`)).status, 200);
  assert.equal((await fetch(`${url}/`)).status, 404);
});
