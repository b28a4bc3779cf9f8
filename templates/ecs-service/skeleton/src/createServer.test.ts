import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { createServer } from './createServer.ts';

const server = createServer({ serviceName: 'under-test' });
let url: string;

before(async () => {
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => server.close());

test('answers a signed request and says who called', async () => {
  const principal = 'arn:aws:sts::123456789012:assumed-role/caller/session';
  const response = await fetch(`${url}/things/1?q=2`, {
    method: 'POST',
    headers: { 'x-amzn-lattice-identity': `Principal=${principal}` },
  });
  assert.equal(response.status, 200);
  const body = (await response.json()) as Record<string, any>;
  assert.equal(body.service, 'under-test');
  assert.deepEqual(body.request, { method: 'POST', path: '/things/1' });
  assert.equal(body.caller.principal, principal);
});

test('refuses a request that nobody signed', async () => {
  assert.equal((await fetch(`${url}/things/1`)).status, 401);
});

test('is healthy without a signature', async () => {
  assert.equal((await fetch(`${url}/health`)).status, 200);
});
