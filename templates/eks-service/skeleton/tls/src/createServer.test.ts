import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createServer } from './createServer.ts';

const directory = mkdtempSync(join(tmpdir(), 'certificates-'));

/** A certificate that vouches for itself. */
function makeCertificate(name: string): { cert: string; key: string } {
  const file = (kind: string) => join(directory, `${name}.${kind}`);
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
      ...['-nodes', '-days', '1', '-subj', `/CN=${name}`],
      ...['-addext', `subjectAltName=DNS:${name}`],
      ...['-keyout', file('key'), '-out', file('cert')],
    ],
    { stdio: 'ignore' },
  );
  return {
    cert: readFileSync(file('cert'), 'utf8'),
    key: readFileSync(file('key'), 'utf8'),
  };
}

const own = makeCertificate('localhost');
const caller = makeCertificate('caller');
const stranger = makeCertificate('stranger');
const server = createServer({
  serviceName: 'under-test',
  ...own,
  ca: caller.cert,
});

before(() => new Promise<void>(ready => server.listen(0, '127.0.0.1', ready)));
after(() => {
  server.close();
  rmSync(directory, { recursive: true });
});

const call = (identity: { cert?: string; key?: string }) =>
  new Promise<any>((fulfil, reject) => {
    request({
      host: '127.0.0.1',
      servername: 'localhost',
      port: (server.address() as AddressInfo).port,
      path: '/things/1?q=2',
      ca: own.cert,
      agent: false,
      ...identity,
    })
      .on('error', reject)
      .on('response', async response => {
        const body = (await response.toArray()).join('');
        fulfil({ status: response.statusCode, body: JSON.parse(body) });
      })
      .end();
  });

test('answers a caller by its certificate', async () => {
  const { status, body } = await call(caller);
  assert.equal(status, 200);
  assert.deepEqual(body.request, { method: 'GET', path: '/things/1' });
  assert.deepEqual(body.caller, { name: 'caller' });
});

test('refuses a caller with no certificate, or one of another authority', async () => {
  await assert.rejects(call({}));
  await assert.rejects(call(stranger));
});
