import { gunzipSync } from 'node:zlib';
import {
  createTestDataPlane,
  type TestDataPlane,
} from '../testing/createTestDataPlane';

let now = Date.parse('2026-06-15T12:00:30Z');

describe('the delivery of access logs', () => {
  let test: TestDataPlane;
  beforeEach(async () => {
    now = Date.parse('2026-06-15T12:00:30Z');
    test = await createTestDataPlane({ now: () => now });
  });
  afterEach(() => test.close());

  function call() {
    return test.dataPlane.invoke({
      host: test.service('status').dnsEntry.domainName,
      method: 'GET',
      path: '/',
      caller: { kind: 'anonymous' },
      sourceVpcId: test.vpc('edge'),
    });
  }

  function subscribe(destinationArn: string, changes = {}) {
    const [subscription] = test.estate.accessLogSubscriptions.filter(
      ({ resourceArn }) => resourceArn === test.service('status').arn,
    );
    test.estate.accessLogSubscriptions.put('als-2', {
      ...subscription,
      arn: 'als-2',
      destinationArn,
      ...changes,
    });
  }

  it('writes one stream a resource, soon', async () => {
    await call();
    await new Promise(setImmediate);
    const service = test.service('status');
    const { arn } = test.estate.logGroups.find(
      ({ name }) => name === '/aws/lattice/service-status',
    )!;
    expect(test.logs.streams(arn)).toMatchObject([
      {
        logStreamName: `${service.id}/VpcLatticeAccessLogs`,
        lastEventTimestamp: now,
      },
    ]);
  });

  it('writes objects below a prefix when their minute is over', async () => {
    test.estate.buckets.put('mine', {
      ...test.estate.buckets.values()[0],
      name: 'mine',
    });
    subscribe('arn:aws:s3:::mine/some/prefix');
    await call();
    now += 20_000;
    await call();
    now += 20_000;
    await test.dataPlane.flush();
    const { objects } = await test.objects.list({ bucket: 'mine' });
    const { id } = test.service('status');
    expect(objects.map(object => object.key)).toEqual([
      expect.stringMatching(
        `^some/prefix/AWSLogs/001122334455/VpcLattice/AccessLogs/us-east-1/2026/06/15/${id}/001122334455_VpcLatticeAccessLogs_us-east-1_${id}_20260615T1200Z_`,
      ),
    ]);
    const object = await test.objects.get({
      bucket: 'mine',
      key: objects[0].key,
    });
    const lines = gunzipSync(object!.body).toString().split('\n');
    expect(lines.map(line => line && JSON.parse(line).startTime)).toEqual([
      '2026-06-15T12:00:30Z',
      '2026-06-15T12:00:50Z',
      '',
    ]);
  });

  it.each([
    ['log groups', 'arn:aws:logs:us-east-1:1:log-group:gone:*', {}],
    ['buckets', 'arn:aws:s3:::gone', {}],
  ])('skips %s that are gone', async (_name, destinationArn, changes) => {
    subscribe(destinationArn, changes);
    await call();
    await test.dataPlane.flush();
    expect(test.records('/aws/lattice/service-status')).toHaveLength(1);
  });
});
