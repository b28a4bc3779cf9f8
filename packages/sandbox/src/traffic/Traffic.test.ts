import { gunzipSync } from 'node:zlib';
import {
  createTestDataPlane,
  type TestDataPlane,
} from '../dataPlane/testing/createTestDataPlane';
import { schedule } from './schedule';
import { Traffic } from './Traffic';

// Thousands of calls are made.
jest.setTimeout(60_000);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const start = Date.parse('2026-06-15T12:00:30Z');
const NETWORK_LOG = '/aws/lattice/network-company';

function idsOf(records: { requestId: string }[]): string[] {
  return records.map(record => record.requestId);
}

describe('schedule', () => {
  const options = { seed: 1, name: 'row', perMinute: 7 };

  it('is the same in one piece and in many', () => {
    const times = (from: number, to: number) =>
      schedule({ ...options, from, to }).map(({ time }) => time);
    const pieces = [];
    for (let time = start; time < start + HOUR; time += 7919) {
      pieces.push(...times(time, Math.min(time + 7919, start + HOUR)));
    }
    expect(pieces).toEqual(times(start, start + HOUR));
    expect(pieces.length).toBeGreaterThan(418);
    expect(pieces.length).toBeLessThan(422);
  });

  it('differs by seed, name and slot', () => {
    const ids = [1, 2].flatMap(seed =>
      ['a', 'b'].flatMap(name =>
        schedule({
          ...options,
          seed,
          name,
          from: start,
          to: start + HOUR,
        }).map(call => call.requestId),
      ),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

// One after the other, over the same data plane: what is made up takes seconds.
describe('Traffic', () => {
  let now = start;
  let test: TestDataPlane;
  beforeAll(async () => {
    test = await createTestDataPlane({ now: () => now });
    await (await run()).stop();
  });
  afterAll(() => test.close());

  function run() {
    const { dataPlane, estate, logs, file } = test;
    return Traffic.start({ dataPlane, estate, logs, file, now: () => now });
  }

  function times(): number[] {
    return test
      .records(NETWORK_LOG)
      .map(record => Date.parse(record.startTime));
  }

  it('makes up the last hour and, thinly, the day before', async () => {
    const all = test.records(NETWORK_LOG);
    const hour = all.filter(
      record => Date.parse(record.startTime) > start - HOUR,
    );
    expect(hour.length).toBeGreaterThan(7000);
    expect(all.length - hour.length).toBeGreaterThan(5000);
    expect(all.length - hour.length).toBeLessThan(7000);
    expect(Math.min(...times())).toBeGreaterThan(start - 25 * HOUR - MINUTE);
    expect(Math.max(...times())).toBeLessThanOrEqual(start);
    const { arn } = test.estate.logGroups.find(
      group => group.name === NETWORK_LOG,
    )!;
    const [first] = test.logs.filter({ logGroupArn: arn, limit: 1 }).events;
    expect(first.ingestionTime - first.timestamp).toBeLessThan(2 * HOUR);

    const services = new Set(all.map(record => record.serviceArn));
    for (const service of test.estate.services.values()) {
      const name = `/aws/lattice/service-${service.name}`;
      expect(idsOf(test.records(name))).toEqual(
        idsOf(all.filter(record => record.serviceArn === service.arn)),
      );
      expect(services).toContain(service.arn);
    }
  });

  it('follows the policies as they were', async () => {
    const exports = test
      .records(NETWORK_LOG)
      .filter(record => record.requestPath === '/items/export');
    const changed = start - 23 * HOUR;
    const codes = (from: number, to: number) => [
      ...new Set(
        exports
          .filter(record => {
            const time = Date.parse(record.startTime);
            return time >= from && time < to;
          })
          .map(record => `${record.responseCode} ${record.authDeniedReason}`),
      ),
    ];
    expect(codes(0, changed - 1000)).toEqual(['200 -']);
    expect(codes(changed + 1000, start)).toEqual(['403 Service']);
  });

  it('writes the same records to S3, an object a minute or, of long ago, an hour', async () => {
    const bucket = 'lattice-access-logs-001122334455';
    const { objects } = await test.objects.list({ bucket, maxKeys: 10_000 });
    const network = test.estate.serviceNetworks.values()[0];
    const texts = [];
    for (const { key } of objects) {
      expect(key).toMatch(
        new RegExp(
          `^AWSLogs/001122334455/VpcLattice/AccessLogs/us-east-1/2026/06/1[45]/${network.id}/001122334455_VpcLatticeAccessLogs_us-east-1_${network.id}_2026061[45]T\\d{4}Z_[0-9a-f]{8}\\.json\\.gz$`,
        ),
      );
      const object = await test.objects.get({ bucket, key });
      texts.push(gunzipSync(object!.body).toString());
    }
    const lines = texts.join('').trim().split('\n');
    expect(idsOf(lines.map(line => JSON.parse(line)))).toEqual(
      idsOf(test.records(NETWORK_LOG)),
    );
  });

  it('goes on after a restart without a gap and without doubles', async () => {
    const before = times().length;
    now = start + 10 * MINUTE;
    await (await run()).stop();
    const filled = times().length - before;
    expect(filled).toBeGreaterThan(1150);
    expect(filled).toBeLessThan(1350);

    now = start + 5 * HOUR;
    await (await run()).stop();
    expect(times().length - before - filled).toBeLessThan(7600);
    expect(
      times().filter(
        time => time > start + 11 * MINUTE && time < start + 4 * HOUR,
      ),
    ).toEqual([]);
    const ids = test.records(NETWORK_LOG).map(record => record.requestId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('goes on after a crash from the last event', async () => {
    const state = { complete: true, until: start };
    test.estate.collection('traffic').put('state', state);
    const before = times().length;
    now += MINUTE;
    await (await run()).stop();
    const made = times().length - before;
    expect(made).toBeGreaterThan(100);
    expect(made).toBeLessThan(150);
    const ids = test.records(NETWORK_LOG).map(record => record.requestId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('goes on with the past where it was cut off', async () => {
    const other = await createTestDataPlane({ now: () => now });
    const { dataPlane, estate, logs, file } = other;
    const play = () =>
      Traffic.start({ dataPlane, estate, logs, file, now: () => now });
    let calls = 0;
    const cut = jest.spyOn(dataPlane, 'invoke').mockImplementation(call => {
      calls += 1;
      if (calls === 1000) {
        throw new Error('cut off');
      }
      return Object.getPrototypeOf(dataPlane).invoke.call(dataPlane, call);
    });
    await expect(play()).rejects.toThrow('cut off');
    cut.mockRestore();
    await dataPlane.flush();
    await (await play()).stop();
    const ids = other.records(NETWORK_LOG).map(record => record.requestId);
    expect(ids.length).toBeGreaterThan(12_500);
    expect(new Set(ids).size).toBe(ids.length);
    await other.close();
  });

  it('calls services that are new in the network', async () => {
    const status = test.service('status');
    const association = test.estate.serviceAssociations.find(
      ({ serviceArn }) => serviceArn === status.arn,
    )!;
    const traffic = await run();
    const createdAt = new Date(now).toISOString();
    const arn = `${status.arn}2`;
    test.estate.services.put(arn, {
      ...status,
      arn,
      id: 'svc-new',
      authType: 'AWS_IAM',
      dnsEntry: { ...status.dnsEntry, domainName: 'new.example' },
    });
    test.estate.authPolicies.put(arn, {
      resourceArn: arn,
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: '*',
          Action: '*',
          Resource: '*',
        },
      }),
      createdAt,
      lastUpdatedAt: createdAt,
    });
    for (const listener of test.estate.listeners.filter(
      ({ serviceArn }) => serviceArn === status.arn,
    )) {
      test.estate.listeners.put('new', { ...listener, serviceArn: arn });
    }
    test.estate.serviceAssociations.put('new', {
      ...association,
      arn: 'new',
      serviceArn: arn,
      createdAt,
    });
    now += 12_000;
    await new Promise(resolve => setTimeout(resolve, 600));
    await traffic.stop();
    await test.dataPlane.flush();
    const calls = test
      .records(NETWORK_LOG)
      .filter(record => record.serviceArn === arn);
    expect(calls.length).toBeGreaterThanOrEqual(3);
    expect(calls.length).toBeLessThanOrEqual(5);
    expect(calls[0]).toMatchObject({
      responseCode: 200,
      requestPath: '/',
      resolvedUser:
        'arn:aws:sts::445566778899:assumed-role/public-proxy/public-proxy',
    });
  });
});
