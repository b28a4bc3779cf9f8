import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import * as grpc from '@grpc/grpc-js';
import { createServer, Greeter } from './createServer.ts';

const server = createServer({ serviceName: 'under-test' });
let client: grpc.Client & Record<string, any>;

before(async () => {
  const port = await promisify(server.bindAsync.bind(server))(
    '127.0.0.1:0',
    grpc.ServerCredentials.createInsecure(),
  );
  client = new Greeter(
    `127.0.0.1:${port}`,
    grpc.credentials.createInsecure(),
  );
});
after(() => {
  client.close();
  server.forceShutdown();
});

const greet = (metadata: grpc.Metadata) =>
  new Promise<{ message: string; caller: string }>((fulfil, reject) =>
    client.Greet(
      { name: 'Ada' },
      metadata,
      (error: unknown, answer: { message: string; caller: string }) =>
        error ? reject(error) : fulfil(answer),
    ),
  );

test('answers a signed request and says who called', async () => {
  const principal = 'arn:aws:sts::123456789012:assumed-role/caller/session';
  const metadata = new grpc.Metadata();
  metadata.set('x-amzn-lattice-identity', `Principal=${principal}`);
  const answer = await greet(metadata);
  assert.equal(answer.message, 'Hello Ada from under-test');
  assert.equal(answer.caller, principal);
});

test('refuses a request that nobody signed', async () => {
  await assert.rejects(greet(new grpc.Metadata()), {
    code: grpc.status.UNAUTHENTICATED,
  });
});
