import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { issueSession } from '../credentials/credentials';
import {
  createTestDataPlane,
  type TestDataPlane,
} from './testing/createTestDataPlane';

const SIGNATURE_MISMATCH = /^InvalidSignatureException: The request signature/;

describe('requests over HTTP', () => {
  const now = Date.now();
  let test: TestDataPlane;
  let host: string;

  beforeAll(async () => {
    test = await createTestDataPlane({ now: () => now });
    host = test.service('orders').dnsEntry.domainName;
  });
  afterAll(() => test.close());

  async function signed(options: {
    role?: string;
    path?: string;
    service?: string;
    time?: number;
    headers?: Record<string, string>;
    method?: string;
  }) {
    const { role = 'public-proxy', method = 'GET' } = options;
    const session = issueSession({
      estate: test.estate,
      role: test.estate.roles.find(({ name }) => name === role)!,
      sessionName: 'i-1',
      durationSeconds: 900,
      now,
    });
    const signer = new SignatureV4({
      credentials: session,
      region: 'us-east-1',
      service: options.service ?? 'vpc-lattice-svcs',
      sha256: Sha256,
    });
    const path = options.path ?? '/orders/7?expand=lines&a=b%20c';
    const [pathname, query] = path.split('?');
    const request: any = await signer.sign(
      {
        protocol: 'https:',
        hostname: host,
        path: pathname,
        query: Object.fromEntries(new URLSearchParams(query ?? '')),
        method,
        headers: {
          host,
          'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
          ...options.headers,
        },
      } as any,
      { signingDate: new Date(options.time ?? now) },
    );
    return {
      method,
      path,
      headers: {
        ...request.headers,
        'x-sandbox-source-vpc': test.vpc('edge'),
      } as Record<string, string>,
    };
  }

  async function lastRecord(logGroup = '/aws/lattice/service-orders') {
    await test.dataPlane.flush();
    return test.records(logGroup).at(-1);
  }

  it('lets a signed request pass', async () => {
    const answer = await test.send(await signed({}));
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    expect(JSON.parse(answer.body)).toEqual({ path: '/orders/7' });
    const record = await lastRecord();
    expect(record).toMatchObject({
      resolvedUser: 'arn:aws:sts::445566778899:assumed-role/public-proxy/i-1',
      requestPath: '/orders/7',
      requestId: answer.headers['x-amzn-requestid'],
      responseCode: 200,
    });
    await expect(lastRecord('/aws/lattice/network-company')).resolves.toEqual(
      record,
    );
  });

  it('keeps the request id a client sets, up to 512 bytes', async () => {
    const id = 'trace'.repeat(200);
    const answer = await test.send(
      await signed({ headers: { 'x-amzn-requestid': id } }),
    );
    expect(answer.headers['x-amzn-requestid']).toBe(id.slice(0, 512));
    await expect(lastRecord()).resolves.toMatchObject({
      requestId: id.slice(0, 512),
    });
  });

  it('refuses in the words of AWS', async () => {
    const { arn } = test.service('orders');
    const call = await signed({ role: 'edge-canary' });
    const answer = await test.send(call);
    expect(answer).toMatchObject({
      status: 403,
      body: `AccessDeniedException: User: arn:aws:sts::445566778899:assumed-role/edge-canary/i-1 is not authorized to perform: vpc-lattice-svcs:Invoke on resource: ${arn}/orders/7 because no identity-based policy allows the vpc-lattice-svcs:Invoke action`,
    });
    const anonymous = {
      path: '/orders/1',
      headers: { host, 'x-sandbox-source-vpc': test.vpc('commerce') },
    };
    await expect(test.send(anonymous)).resolves.toMatchObject({
      status: 403,
      body: `AccessDeniedException: User: anonymous is not authorized to perform: vpc-lattice-svcs:Invoke on resource: ${arn}/orders/1 because no service-based policy allows the vpc-lattice-svcs:Invoke action`,
    });
  });

  type Call = Awaited<ReturnType<typeof signed>>;
  it.each<[string, (call: Call) => void, RegExp]>([
    ['path', call => (call.path = '/orders/8'), SIGNATURE_MISMATCH],
    ['query', call => (call.path += '&x=1'), SIGNATURE_MISMATCH],
    ['method', call => (call.method = 'DELETE'), SIGNATURE_MISMATCH],
    [
      'signature',
      call => {
        const { authorization } = call.headers;
        call.headers.authorization = authorization.replace(/.$/, last =>
          last === '0' ? '1' : '0',
        );
      },
      SIGNATURE_MISMATCH,
    ],
    [
      'token',
      call => (call.headers['x-amz-security-token'] = 'other'),
      /^UnrecognizedClientException/,
    ],
    [
      'missing payload header',
      call => delete call.headers['x-amz-content-sha256'],
      /^IncompleteSignatureException: Missing the 'x-amz-content-sha256'/,
    ],
  ])('refuses a tampered %s', async (_name, tamper, body) => {
    const call = await signed({});
    tamper(call);
    const answer = await test.send(call);
    expect(answer.status).toBe(403);
    expect(answer.body).toMatch(body);
    await expect(lastRecord()).resolves.toMatchObject({
      resolvedUser: 'Unknown',
      authDeniedReason: '-',
      failureReason: 'ClientAccessDenied',
      targetGroupArn: '-',
    });
  });

  it.each([
    ['another service', { service: 'execute-api' }],
    ['an old date', { time: now - 20 * 60_000 }],
    [
      'a signed payload',
      { headers: { 'x-amz-content-sha256': '0'.repeat(64) } },
    ],
  ])('refuses %s', async (_name, options) => {
    const answer = await test.send(await signed(options));
    expect(answer.status).toBe(403);
    expect(answer.body).toMatch(/^InvalidSignatureException/);
  });

  it('accepts the source VPC added after signing and before', async () => {
    const vpc = { 'x-sandbox-source-vpc': test.vpc('edge') };
    await expect(
      test.send(await signed({ headers: vpc })),
    ).resolves.toMatchObject({ status: 200 });
  });

  it('authenticates where nothing is enforced no more than AWS does', async () => {
    const network = test.estate.serviceNetworks.values()[0];
    const { dnsEntry } = test.service('status');
    const call = {
      path: '/',
      headers: {
        host: dnsEntry.domainName,
        authorization: 'AWS4-HMAC-SHA256 nonsense',
        'x-sandbox-source-vpc': test.vpc('edge'),
      },
    };
    await expect(test.send(call)).resolves.toMatchObject({ status: 403 });
    test.estate.serviceNetworks.put(network.arn, {
      ...network,
      authType: 'NONE',
    });
    await expect(test.send(call)).resolves.toMatchObject({ status: 200 });
    await expect(
      lastRecord('/aws/lattice/service-status'),
    ).resolves.toMatchObject({ resolvedUser: '-', callerPrincipal: '-' });
    test.estate.serviceNetworks.put(network.arn, network);
  });

  it('finds services by network and name only', async () => {
    const call = await signed({});
    const send = (changes: Record<string, string>) =>
      test.send({ ...call, headers: { ...call.headers, ...changes } });
    const unknown = host.replace('orders', 'nothing');
    await expect(send({ host: unknown })).resolves.toMatchObject({
      status: 404,
    });
    for (const vpc of ['vpc-1', test.vpc('legacy')]) {
      await expect(send({ 'x-sandbox-source-vpc': vpc })).rejects.toThrow(
        'socket hang up',
      );
    }
    expect(test.dataPlane.handlesHost(host.toUpperCase())).toBe(true);
    expect(test.dataPlane.handlesHost('sts.us-east-1.amazonaws.com')).toBe(
      false,
    );
  });
});
