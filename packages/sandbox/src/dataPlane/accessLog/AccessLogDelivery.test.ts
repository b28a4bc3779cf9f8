import { gunzipSync } from 'node:zlib';
import { keep } from '../../operations/kept/keptResource';
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

  it('writes objects by way of a delivery stream, packed or not', async () => {
    const [bucket] = test.estate.buckets.values();
    test.estate.buckets.put('streams', { ...bucket, name: 'streams' });
    const arn = 'arn:aws:firehose:us-east-1:001122334455:deliverystream/logs';
    const stream = {
      accountId: '001122334455',
      region: 'us-east-1',
      type: 'AWS::KinesisFirehose::DeliveryStream',
      physicalId: 'logs',
      arn,
      attributes: {},
      tags: {},
    };
    const put = (s3: object) =>
      keep(test.estate, {
        ...stream,
        properties: {
          ExtendedS3DestinationConfiguration: {
            BucketARN: 'arn:aws:s3:::streams',
            ...s3,
          },
        },
      });
    subscribe(arn);
    put({});
    await call();
    await call();
    now += 60_000;
    await test.dataPlane.flush();
    put({ Prefix: 'packed/', CompressionFormat: 'GZIP' });
    await call();
    now += 60_000;
    await test.dataPlane.flush();
    const { objects } = await test.objects.list({ bucket: 'streams' });
    expect(objects.map(({ key }) => key)).toEqual([
      expect.stringMatching(
        /^2026\/06\/15\/12\/logs-1-2026-06-15-12-00-00-[0-9a-f-]{36}$/,
      ),
      expect.stringMatching(
        /^packed\/2026\/06\/15\/12\/logs-1-2026-06-15-12-01-00-[0-9a-f-]{36}\.gz$/,
      ),
    ]);
    const [plain, packed] = await Promise.all(
      objects.map(({ key }) => test.objects.get({ bucket: 'streams', key })),
    );
    expect(plain!.body.toString()).toMatch(/^\{[^{}]*\}\{[^{}]*\}$/);
    expect(gunzipSync(packed!.body).toString()).toMatch(/^\{[^{}]*\}$/);
  });

  it.each([
    ['log groups', 'arn:aws:logs:us-east-1:1:log-group:gone:*', {}],
    ['buckets', 'arn:aws:s3:::gone', {}],
    ['streams', 'arn:aws:firehose:us-east-1:1:deliverystream/gone', {}],
  ])('skips %s that are gone', async (_name, destinationArn, changes) => {
    subscribe(destinationArn, changes);
    await call();
    await test.dataPlane.flush();
    expect(test.records('/aws/lattice/service-status')).toHaveLength(1);
  });
});
