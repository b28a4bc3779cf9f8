import type { LambdaFunction } from '../../estate/resources';
import {
  createTestDataPlane,
  type TestDataPlane,
} from '../testing/createTestDataPlane';

const now = Date.parse('2026-06-15T12:00:00Z');
const ECHO = `exports.handler = async event => ({
  statusCode: 200,
  headers: { 'Content-Type': 'application/json', Connection: 'close' },
  body: JSON.stringify(event),
})`;

describe('functions as targets', () => {
  let test: TestDataPlane;
  beforeEach(async () => {
    test = await createTestDataPlane({ now: () => now });
  });
  afterEach(() => test.close());

  /** Puts a function behind `orders`, as a stack would. */
  function serve(code: string, changes: Partial<LambdaFunction> = {}) {
    const arn = 'arn:aws:lambda:us-east-1:223344556677:function:hello';
    const group = test.estate.targetGroups.find(
      ({ name }) => name === 'orders',
    )!;
    test.estate.functions.put(arn, {
      ...test.estate.functions.values()[0],
      arn,
      name: 'hello',
      code,
      permissions: {
        lattice: {
          Effect: 'Allow',
          Principal: { Service: 'vpc-lattice.amazonaws.com' },
          Action: 'lambda:InvokeFunction',
          Resource: arn,
          Condition: { ArnLike: { 'AWS:SourceArn': group.arn } },
        },
      },
      ...changes,
    });
    test.estate.targetGroups.put(group.arn, {
      ...group,
      targets: [{ id: arn, status: 'UNAVAILABLE' }],
    });
    return group;
  }

  async function call(changes: Record<string, unknown> = {}) {
    const answer = await test.dataPlane.invoke({
      host: test.service('orders').dnsEntry.domainName,
      method: 'POST',
      path: '/orders',
      query: 'a=1&a=2&b=3',
      headers: {
        'x-tenant': ['one', 'two'],
        'content-type': ['application/json'],
        'x-amzn-requestid': ['request-1'],
      },
      body: Buffer.from('{"n":1}'),
      sourceVpcId: test.vpc('edge'),
      sourceIpPort: '10.1.0.9:40000',
      caller: {
        kind: 'signed',
        accountId: '445566778899',
        roleArn: 'arn:aws:iam::445566778899:role/public-proxy',
        principalArn: 'arn:aws:sts::445566778899:assumed-role/public-proxy/i-1',
      },
      ...changes,
    });
    if (answer.kind !== 'response') {
      throw new Error(answer.reason);
    }
    return answer;
  }

  it('gets a V2 event with arrays and the identity of the caller', async () => {
    const group = serve(ECHO);
    const answer = await call();
    expect(answer.headers).toEqual({ 'content-type': ['application/json'] });
    const event = JSON.parse(answer.body().toString());
    expect(event).toEqual({
      version: '2.0',
      path: '/orders',
      method: 'POST',
      headers: {
        host: [test.service('orders').dnsEntry.domainName],
        'x-tenant': ['one', 'two'],
        'content-type': ['application/json'],
        'x-amzn-requestid': ['request-1'],
        'x-forwarded-for': ['10.1.0.9'],
      },
      queryStringParameters: { a: ['1', '2'], b: ['3'] },
      body: '{"n":1}',
      isBase64Encoded: false,
      requestContext: {
        serviceNetworkArn: test.estate.serviceNetworks.values()[0].arn,
        serviceArn: test.service('orders').arn,
        targetGroupArn: group.arn,
        identity: {
          sourceVpcArn: test.estate.vpcs.get(test.vpc('edge'))!.arn,
          type: 'AWS_IAM',
          principal: 'arn:aws:sts::445566778899:assumed-role/public-proxy/i-1',
          principalOrgID: 'o-lattice01',
          sessionName: 'i-1',
        },
        region: 'us-east-1',
        timeEpoch: `${now}000`,
      },
    });
    expect(answer.record).toMatchObject({
      responseCode: 200,
      targetGroupArn: group.arn,
      targetIpPort: '-',
      destinationVpcId: '-',
    });
  });

  it('gets a V1 event by default, and binary bodies as base64', async () => {
    const group = serve(ECHO);
    test.estate.targetGroups.update(group.arn, current => ({
      ...current,
      config: {},
    }));
    const answer = await call({
      headers: {
        'content-type': ['application/octet-stream'],
        'x-tenant': ['one', 'two'],
      },
      body: Buffer.from([0, 255]),
    });
    expect(JSON.parse(answer.body().toString())).toMatchObject({
      raw_path: '/orders',
      headers: { 'x-tenant': 'one, two' },
      query_string_parameters: { a: '2', b: '3' },
      body: 'AP8=',
      is_base64_encoded: true,
    });
  });

  it('answers with binary content', async () => {
    serve(
      "exports.handler = () => ({ statusCode: 201, body: 'AP8=', isBase64Encoded: true })",
    );
    const answer = await call();
    expect([answer.statusCode, answer.body()]).toEqual([
      201,
      Buffer.from([0, 255]),
    ]);
  });

  it.each([
    [
      'fails',
      "exports.handler = () => { throw new Error('no') }",
      {},
      502,
      'TargetProtocolError',
    ],
    [
      'answers with something else',
      'exports.handler = () => 1',
      {},
      502,
      'TargetProtocolError',
    ],
    ['has no code', '', {}, 502, 'TargetProtocolError'],
    [
      'takes too long',
      'exports.handler = () => new Promise(() => {})',
      { timeoutSeconds: 0.1 },
      502,
      'TargetProtocolError',
    ],
    [
      'may not be invoked',
      ECHO,
      { permissions: {} },
      500,
      'TargetConnectionError',
    ],
    [
      'may be invoked for another target group',
      ECHO,
      {
        permissions: {
          other: {
            Effect: 'Allow',
            Principal: { Service: 'vpc-lattice.amazonaws.com' },
            Action: 'lambda:InvokeFunction',
            Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:*:tg-other' } },
          },
        },
      },
      500,
      'TargetConnectionError',
    ],
  ])('that %s: %#', async (_name, code, changes, status, failure) => {
    serve(code, changes);
    const answer = await call();
    expect(answer.record).toMatchObject({
      responseCode: status,
      failureReason: failure,
      authDeniedReason: '-',
      targetGroupArn: expect.stringContaining('targetgroup'),
    });
  });
});
