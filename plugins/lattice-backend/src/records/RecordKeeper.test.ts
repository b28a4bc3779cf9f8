import { promises as fs } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { columnsOf } from '@lattice-portal/access-logs';
import type { AccessLogStore } from '@lattice-portal/access-log-store';
import { accessLogLine, serviceArnOf } from '../__testUtils__/accessLogLines';
import { openStore } from '../__testUtils__/openStore';
import { newLinesOf } from '../database/newLinesOf';
import { packLines, unpackRecords } from '../database/packedLines';
import { Novelty } from '../ingest/SeenTable';
import { RecordKeeper } from './RecordKeeper';
import { RecordStoreSink } from './RecordStoreSink';

jest.setTimeout(60_000);

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.parse('2026-11-22T10:30:00Z');

describe('RecordKeeper', () => {
  let directory: string;
  let records: AccessLogStore;

  beforeEach(async () => {
    directory = await fs.mkdtemp(join(tmpdir(), 'keeper-'));
    records = await openStore(directory);
  });

  afterEach(async () => {
    await records.close();
    await fs.rm(directory, { recursive: true });
  });

  async function append(id: string, service: string, age: number) {
    const columns = columnsOf([
      accessLogLine(id, {
        requestId: id,
        service,
        startTime: new Date(now - age).toISOString(),
      }),
    ]);
    const novelties = Uint8Array.of(Novelty.New);
    const lines = newLinesOf([{ columns, novelties }], 'network');
    const batch = await unpackRecords([await packLines([...lines])]);
    await RecordStoreSink.create({ records }).put({ ...batch, id });
  }

  const run = (requests: object[]) =>
    RecordKeeper.create({
      records,
      accessRequests: {
        list: async () =>
          requests.map(request => ({ request, version: 1 })) as never,
      },
      denied: {
        get: async ({ id }) =>
          id === 'started from'
            ? ({
                startTime: now - 39 * day,
                record: { serviceArn: serviceArnOf('orders') },
              } as never)
            : undefined,
      },
      retention: { recordDays: 10 },
      now: () => now,
    }).run();

  const idsLeft = async () => {
    const { batches } = await records.callShapes({
      from: now - 50 * day,
      to: now + day,
      fields: ['timestamp'],
    });
    const ages: number[] = [];
    for await (const batch of batches) {
      ages.push(...batch.map(({ firstSeen }) => (now - firstSeen) / day));
    }
    return ages.sort((a, b) => a - b);
  };

  it('forgets what is old, but nothing that a request was proven on', async () => {
    await append('old', 'orders', 40 * day);
    await append('started from', 'orders', 39 * day);
    await append('old too', 'inventory', 39 * day);
    await append('before the proof', 'inventory', 25 * day);
    await append('proof', 'inventory', 20 * day);
    await append('new', 'orders', 5 * day);
    await run([
      {
        serviceArn: serviceArnOf('inventory'),
        effect: { from: new Date(now - 21 * day).toISOString() },
        deniedRequestId: 'started from',
      },
    ]);
    expect(await idsLeft()).toEqual([5, 20, 39]);
    await run([]);
    expect(await idsLeft()).toEqual([5]);
  });

  it('makes one file of those of an hour, also of the hour that is on', async () => {
    for (const minutes of [1, 2, 70, 80]) {
      await append(String(minutes), 'orders', minutes * 60_000);
    }
    await run([]);
    const files = await fs.readdir(join(directory, 'calls/day=2026-11-22'));
    expect(files.filter(name => name.includes('-c')).sort()).toEqual([
      expect.stringMatching(/^09-c/),
      expect.stringMatching(/^10-c/),
    ]);
    expect(await idsLeft()).toHaveLength(4);
  });
});
