import {
  createTestDataPlane,
  type TestDataPlane,
} from '../dataPlane/testing/createTestDataPlane';
import { callsBetween } from './callsBetween';

// Thousands of calls are made.
jest.setTimeout(60_000);

const now = Date.parse('2026-06-15T12:00:00Z');
const HOUR = 3_600_000;

function session(accountId: string, role: string): string {
  return `arn:aws:sts::${accountId}:assumed-role/${role}/${role}`;
}

const proxy = session('445566778899', 'public-proxy');
const orders = session('223344556677', 'orders');

describe('the traffic of the default estate', () => {
  let test: TestDataPlane;
  beforeAll(async () => {
    test = await createTestDataPlane({ now: () => now });
  });
  afterAll(() => test.close());

  it.each`
    row                         | user                                          | status        | denied        | failure                           | target | vpc
    ${'proxy-orders'}           | ${proxy}                                      | ${[200]}      | ${'-'}        | ${['-']}                          | ${1}   | ${'edge'}
    ${'proxy-inventory'}        | ${proxy}                                      | ${[200]}      | ${'-'}        | ${['-']}                          | ${1}   | ${'edge'}
    ${'orders-payments'}        | ${orders}                                     | ${[201]}      | ${'-'}        | ${['-']}                          | ${1}   | ${'commerce'}
    ${'anonymous-orders'}       | ${'Anonymous'}                                | ${[403]}      | ${'Service'}  | ${['ClientAccessDenied']}         | ${0}   | ${'commerce'}
    ${'reporting-orders'}       | ${session('667788990011', 'reporting')}       | ${[403]}      | ${'Network'}  | ${['ClientAccessDenied']}         | ${0}   | ${'analytics'}
    ${'batch-export-inventory'} | ${session('667788990011', 'batch-export')}    | ${[403]}      | ${'Service'}  | ${['ClientAccessDenied']}         | ${0}   | ${'analytics-batch'}
    ${'canary-recommendations'} | ${session('445566778899', 'edge-canary')}     | ${[403]}      | ${'Identity'} | ${['ClientAccessDenied']}         | ${0}   | ${'edge'}
    ${'orders-locked-charge'}   | ${orders}                                     | ${[403]}      | ${'-'}        | ${['-']}                          | ${1}   | ${'commerce'}
    ${'proxy-nope'}             | ${proxy}                                      | ${[404]}      | ${'-'}        | ${['-']}                          | ${1}   | ${'edge'}
    ${'worker-recommendations'} | ${session('556677889900', 'payments-worker')} | ${[200, 503]} | ${'-'}        | ${['-', 'TargetConnectionError']} | ${1}   | ${'payments'}
    ${'status-anonymous'}       | ${'Anonymous'}                                | ${[200]}      | ${'-'}        | ${['-']}                          | ${1}   | ${'edge'}
    ${'status-signed'}          | ${orders}                                     | ${[200]}      | ${'-'}        | ${['-']}                          | ${1}   | ${'commerce'}
  `(
    '$row: $status $denied',
    async ({ row, user, status, denied, failure, target, vpc }) => {
      const { file, estate, dataPlane } = test;
      const calls = callsBetween({ file, estate, from: now - HOUR, to: now });
      const own = calls.filter(call => call.row.name === row);
      expect(own.length).toBeGreaterThan(60);
      const statuses = new Set<unknown>();
      const failures = new Set<unknown>();
      let statusesSeen = 0;
      let failuresSeen = 0;
      for (const { call } of own) {
        const answer = await dataPlane.invoke(call);
        const record: any = answer.kind === 'response' && answer.record;
        statuses.add(record.responseCode);
        failures.add(record.failureReason);
        if (statuses.size === statusesSeen && failures.size === failuresSeen) {
          continue; // Looked at one like it already.
        }
        statusesSeen = statuses.size;
        failuresSeen = failures.size;
        expect(record).toMatchObject({
          resolvedUser: user,
          callerPrincipal: user.startsWith('arn') ? user : '-',
          callerPrincipalOrgID: user.startsWith('arn') ? 'o-lattice01' : '-',
          authDeniedReason: denied,
          targetGroupArn: expect.stringMatching(
            target ? /:targetgroup\/tg-0/ : /^-$/,
          ),
          sourceVpcId: test.vpc(vpc),
          requestMethod: call.method,
          requestPath: call.path,
          requestId: call.headers?.['x-amzn-requestid'][0],
          hostHeader: call.host,
          startTime: `${new Date(call.time).toISOString().slice(0, 19)}Z`,
          duration: expect.any(Number),
        });
      }
      expect([...statuses].sort()).toEqual(status);
      expect([...failures].sort()).toEqual(failure);
      expect(test.warnings).toEqual([]);
    },
  );

  it('reaches nothing from a VPC without an association', async () => {
    const { file, estate, dataPlane } = test;
    const calls = callsBetween({ file, estate, from: now - HOUR, to: now });
    const { call } = calls.find(({ row }) => row.name === 'legacy-orders')!;
    await expect(dataPlane.invoke(call)).resolves.toEqual({
      kind: 'unreachable',
      reason: `VPC ${test.vpc('legacy')} is associated with no service network`,
    });
  });

  it('writes every field of a record', async () => {
    const { file, estate, dataPlane } = test;
    const calls = callsBetween({ file, estate, from: now - HOUR, to: now });
    const { call } = calls.find(({ row }) => row.name === 'proxy-inventory')!;
    const answer = await dataPlane.invoke(call);
    const inventory = test.service('inventory');
    const { dnsEntry } = inventory;
    expect(answer.kind === 'response' && answer.record).toEqual({
      serviceNetworkArn: estate.serviceNetworks.values()[0].arn,
      serviceArn: inventory.arn,
      resolvedUser: proxy,
      callerPrincipal: proxy,
      callerPrincipalOrgID: 'o-lattice01',
      callerPrincipalTags: '{"owner":"group:edge"}',
      callerX509IssuerOU: '-',
      callerX509SANDNS: '-',
      callerX509SANNameCN: '-',
      callerX509SANURI: '-',
      callerX509SubjectCN: '-',
      authDeniedReason: '-',
      failureReason: '-',
      listenerType: '-',
      listenerId: '-',
      targetGroupArn: estate.targetGroups.find(
        ({ name }) => name === 'inventory',
      )!.arn,
      targetIpPort: '10.2.20.15:443',
      destinationVpcId: test.vpc('commerce'),
      sourceVpcArn: estate.vpcs.get(test.vpc('edge'))!.arn,
      sourceVpcId: test.vpc('edge'),
      sourceIpPort: expect.stringMatching(/^10\.1\.\d+\.\d+:\d+$/),
      startTime: expect.stringMatching(/^2026-06-15T1\d:\d\d:\d\dZ$/),
      requestMethod: 'GET',
      requestPath: expect.stringMatching(/^\/items\/\d+$/),
      requestId: call.headers?.['x-amzn-requestid'][0],
      protocol: 'HTTP/1.1',
      hostHeader: dnsEntry.domainName,
      serverNameIndication: dnsEntry.domainName,
      sslCipher: 'ECDHE-RSA-AES128-GCM-SHA256',
      tlsVersion: 'TLSv1.2',
      userAgent: 'public-proxy/1.0',
      responseCode: 200,
      bytesReceived: expect.any(Number),
      bytesSent: expect.any(Number),
      duration: expect.any(Number),
      requestToTargetDuration: expect.any(Number),
      responseFromTargetDuration: 0,
      grpcResponseCode: '-',
    });
  });

  it('lets batch-export pass once the policy of inventory allows it', async () => {
    const { file, estate, dataPlane } = test;
    const { arn } = test.service('inventory');
    const calls = callsBetween({ file, estate, from: now - HOUR, to: now });
    const { call } = calls.find(
      ({ row }) => row.name === 'batch-export-inventory',
    )!;
    const before = { ...call, time: now - 24 * HOUR };
    await expect(dataPlane.invoke(before)).resolves.toMatchObject({
      statusCode: 200,
    });
    const policy = JSON.parse(estate.authPolicies.get(arn)!.policy);
    policy.Statement.push({
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::667788990011:role/batch-export' },
      Action: 'vpc-lattice-svcs:Invoke',
      Resource: `${arn}/items/export`,
    });
    estate.authPolicies.update(arn, current => ({
      ...current,
      policy: JSON.stringify(policy),
    }));
    await expect(
      dataPlane.invoke({ ...call, time: undefined }),
    ).resolves.toMatchObject({ statusCode: 200 });
  });
});
