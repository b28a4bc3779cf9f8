import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLatticeFetch } from './latticeFetch.ts';

function recorder() {
  const sent: Request[] = [];
  const latticeFetch = createLatticeFetch({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    fetch: async input => {
      sent.push(input as Request);
      return new Response('{}');
    },
  });
  return { sent, latticeFetch };
}

test('signs for VPC Lattice and leaves the request as it is', async () => {
  const { sent, latticeFetch } = recorder();
  await latticeFetch('https://stock.example.com/items/1?b=2&a=1', {
    method: 'POST',
    body: '{"count":1}',
    headers: { 'content-type': 'application/json' },
  });
  const [request] = sent;
  assert.ok(request);
  assert.match(
    request.headers.get('authorization') ?? '',
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/vpc-lattice-svcs\/aws4_request, SignedHeaders=[^,]*host[^,]*x-amz-content-sha256[^,]*, Signature=[0-9a-f]{64}$/,
  );
  assert.equal(request.headers.get('x-amz-content-sha256'), 'UNSIGNED-PAYLOAD');
  assert.equal(request.headers.get('content-type'), 'application/json');
  assert.equal(request.url, 'https://stock.example.com/items/1?b=2&a=1');
  assert.equal(await request.text(), '{"count":1}');
  assert.equal(request.redirect, 'manual');
});

test('signs anew for each host, path and query', async () => {
  const { sent, latticeFetch } = recorder();
  const urls = ['https://a.example.com/x', 'https://b.example.com/x'];
  urls.push('https://a.example.com/y', 'https://a.example.com/x?q=1');
  for (const url of urls) {
    await latticeFetch(url);
  }
  const signatures = sent.map(({ headers }) => headers.get('authorization'));
  assert.equal(new Set(signatures).size, urls.length);
});
