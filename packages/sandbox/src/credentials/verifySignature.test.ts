import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import {
  SignatureError,
  SignedRequest,
  verifySignature,
} from './verifySignature';

const now = Date.parse('2026-06-15T12:00:00Z');
const credentials = { accessKeyId: 'AKIA0', secretAccessKey: 'sandbox' };
const resolved = {
  ...credentials,
  accountId: '223344556677',
  principalArn: 'arn:aws:iam::223344556677:root',
};

async function sign(
  request: {
    path?: string;
    query?: Record<string, string | string[]>;
    headers?: Record<string, string>;
    body?: string;
  },
  service = 'vpc-lattice-svcs',
): Promise<SignedRequest> {
  const { path = '/', query = {}, headers = {}, body } = request;
  const signer = new SignatureV4({
    credentials,
    region: 'us-east-1',
    service,
    sha256: Sha256,
    uriEscapePath: service !== 's3',
  });
  const signed = (await signer.sign(
    {
      protocol: 'https:',
      hostname: 'example.com',
      method: 'POST',
      path,
      query,
      headers: { host: 'example.com', ...headers },
      body,
    } as any,
    { signingDate: new Date(now) },
  )) as unknown as { headers: Record<string, string> };
  const search = Object.entries(query).flatMap(([name, values]) =>
    [values]
      .flat()
      .map(value => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  );
  return {
    method: 'POST',
    path,
    query: search.join('&'),
    headers: signed.headers,
    body: Buffer.from(body ?? ''),
  };
}

function verify(request: SignedRequest, change: object = {}) {
  return verifySignature({ request, now, resolve: () => resolved, ...change });
}

describe('verifySignature', () => {
  it('accepts whatever another implementation signs', async () => {
    const segment = fc.webSegment();
    await fc.assert(
      fc.asyncProperty(
        fc.array(segment, { maxLength: 4 }),
        fc.dictionary(
          // The other implementation loses a parameter of this name.
          fc.string({ minLength: 1 }).filter(name => name !== '__proto__'),
          fc.oneof(fc.string(), fc.array(fc.string(), { minLength: 1 })),
          { noNullPrototype: true },
        ),
        fc.string(),
        fc.constantFrom('vpc-lattice-svcs', 's3', 'logs'),
        async (segments, query, body, service) => {
          const path = `/${segments
            .filter(part => !/^\.*$/.test(part))
            .join('/')}`;
          const request = await sign({ path, query, body }, service);
          expect(verify(request)).toEqual({
            credentials: resolved,
            region: 'us-east-1',
            service,
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('takes an unsigned payload at its word', async () => {
    const headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
    const request = await sign({ headers, body: 'a' });
    expect(verify({ ...request, body: Buffer.from('b') })).toBeDefined();
  });

  it.each<[string, (request: SignedRequest) => object, object, string]>([
    ['another path', () => ({ path: '/other' }), {}, 'mismatch'],
    ['another query', () => ({ query: 'a=1' }), {}, 'mismatch'],
    ['another body', () => ({ body: Buffer.from('b') }), {}, 'mismatch'],
    ['another method', () => ({ method: 'PUT' }), {}, 'mismatch'],
    [
      'another header',
      ({ headers }) => ({ headers: { ...headers, 'x-tenant': 'b' } }),
      {},
      'mismatch',
    ],
    ['no header', () => ({ headers: {} }), {}, 'missing'],
    [
      'another algorithm',
      ({ headers }) => ({
        headers: {
          ...headers,
          authorization: `${headers.authorization}`.replace(
            'AWS4-HMAC-SHA256',
            'AWS4-ECDSA-P256-SHA256',
          ),
        },
      }),
      {},
      'incomplete',
    ],
    ['an unknown key', () => ({}), { resolve: () => undefined }, 'unknown-key'],
    ['a late request', () => ({}), { now: now + 301_000 }, 'outside-time'],
    ['an early request', () => ({}), { now: now - 301_000 }, 'outside-time'],
    ['another service', () => ({}), { service: 'logs' }, 'wrong-service'],
    [
      'no session token',
      () => ({}),
      { resolve: () => ({ ...resolved, sessionToken: 't' }) },
      'wrong-token',
    ],
    [
      'an expired session',
      () => ({}),
      { resolve: () => ({ ...resolved, expiresAt: now }) },
      'expired-token',
    ],
  ])('refuses %s', async (_, change, options, problem) => {
    const request = await sign({
      path: '/a',
      headers: { 'x-tenant': 'a' },
      body: 'a',
    });
    let caught: unknown;
    try {
      verify({ ...request, ...change(request) }, options);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(SignatureError);
    expect(caught).toMatchObject({ problem });
  });
});
