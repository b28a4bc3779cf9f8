import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handler } from './handler.ts';

const event = { version: '2.0', method: 'GET', path: '/things/1' };

test('answers a signed request and says who called', async () => {
  const principal = 'arn:aws:sts::123456789012:assumed-role/caller/session';
  const result = await handler({
    ...event,
    requestContext: { identity: { principal, sessionName: 'session' } },
  });
  assert.equal(result.statusCode, 200);
  const body = JSON.parse(result.body);
  assert.deepEqual(body.request, { method: 'GET', path: '/things/1' });
  assert.equal(body.caller.principal, principal);
});

test('refuses a request that nobody signed', async () => {
  for (const requestContext of [undefined, {}, { identity: {} }]) {
    const result = await handler({ ...event, requestContext });
    assert.equal(result.statusCode, 401);
  }
});
