import { columnsOf } from '@lattice-portal/access-logs';
import type {
  AccessLogRecordBatch,
  AccessLogRecordSink,
} from '@lattice-portal/plugin-lattice-node';
import type { Knex } from 'knex';
import { accessLogLine } from '../__testUtils__/accessLogLines';
import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { DatabaseIngestStore } from './DatabaseIngestStore';
import { migrate } from './openDatabase';
import { RecordOutbox } from './RecordOutbox';

const hour = 3_600_000;
const at = (time: string) => Date.parse(`2026-11-22T${time}Z`);

const databases = createTestDatabases();

describe.each(databaseIds)('RecordOutbox on %s', databaseId => {
  /** A sink that fails when it is told to, and remembers what it took in. */
  class TestSink implements AccessLogRecordSink {
    readonly taken: AccessLogRecordBatch[] = [];
    readonly offered: AccessLogRecordBatch[] = [];
    failure?: Error;

    constructor(readonly id = 'sink') {}

    async put(batch: AccessLogRecordBatch): Promise<void> {
      this.offered.push(batch);
      if (this.failure) {
        throw this.failure;
      }
      this.taken.push(batch);
    }
  }

  async function setUp() {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    return { knex, ...(await start(knex, [new TestSink()])) };
  }

  async function start(knex: Knex, sinks: TestSink[]) {
    const outbox = RecordOutbox.create({
      knex,
      sinks,
      now: () => at('12:30:00'),
    });
    await outbox.register();
    const store = DatabaseIngestStore.create({ knex, outbox });
    const lease = (await store.takeLease())!;
    const sourceOf = (id: string) =>
      store.ensureSource({
        id,
        accountId: '001122334455',
        region: 'us-east-1',
        status: 'waiting',
      });
    const sources = [await sourceOf('network'), await sourceOf('service')];
    const read = async (
      source: (typeof sources)[number],
      requestIds: string[],
      readUntil: string,
    ) =>
      store.store({
        lease,
        source,
        columns: [
          columnsOf(
            requestIds.map(requestId =>
              accessLogLine(`${source.id} ${requestId}`, { requestId }),
            ),
          ),
        ],
        watches: [],
        readFrom: at('07:30:00'),
        readUntil: at(readUntil),
      });
    const noteHours = () =>
      store.noteHoursRead({
        lease,
        sourceNumbers: sources.map(({ number }) => number),
      });
    return { outbox, sinks, sources, read, noteHours, lease };
  }

  const idsOf = (batch: AccessLogRecordBatch) =>
    [...batch.calls].map(
      ({ record, sourceId, isTwin }) =>
        `${record.requestId} ${sourceId}${isTwin ? ' twin' : ''}`,
    );

  it('hands over what came together as one, both records of a call', async () => {
    const { outbox, sinks, sources, read } = await setUp();
    await read(sources[0], ['a', 'b'], '10:00:00');
    await read(sources[1], ['b', 'c'], '10:00:00');
    await outbox.deliver();
    expect(sinks[0].taken.map(idsOf)).toEqual([
      ['a network', 'b network', 'c service', 'b service twin'],
    ]);
    await outbox.deliver();
    expect(sinks[0].offered).toHaveLength(1);
  });

  it('hands over the same again after a failure, and what came since by itself', async () => {
    const { outbox, sinks, sources, read } = await setUp();
    const [sink] = sinks;
    await read(sources[0], ['a'], '10:00:00');
    sink.failure = new Error('The disk is full');
    await expect(outbox.deliver()).rejects.toThrow('The disk is full');
    await read(sources[0], ['b'], '10:00:00');
    await expect(outbox.deliver()).rejects.toThrow('The disk is full');
    await expect(outbox.status()).resolves.toEqual([
      {
        sinkId: 'sink',
        waiting: 2,
        waitingSince: at('12:30:00'),
        error: { message: 'Error: The disk is full', at: at('12:30:00') },
      },
    ]);
    sink.failure = undefined;
    await outbox.deliver();
    expect(sink.offered.map(idsOf)).toEqual([
      ['a network'],
      ['a network'],
      ['a network'],
      ['b network'],
    ]);
    expect(new Set(sink.offered.slice(0, 3).map(({ id }) => id)).size).toBe(1);
    await expect(outbox.status()).resolves.toMatchObject([{ waiting: 0 }]);
    expect((await outbox.status())[0].error).toBeUndefined();
  });

  it('tells of hours once all sources have been read past them', async () => {
    const { outbox, sinks, sources, read, noteHours } = await setUp();
    const told = () =>
      sinks[0].taken.flatMap(({ hoursRead }) =>
        hoursRead.map(time => new Date(time).toISOString().slice(11, 16)),
      );
    await read(sources[0], ['a'], '11:30:00');
    await noteHours();
    await outbox.deliver();
    // Of the other log nothing is known.
    expect(told()).toEqual([]);
    await read(sources[1], [], '10:20:00');
    await noteHours();
    await noteHours();
    await outbox.deliver();
    expect(told()).toEqual(['08:00', '09:00']);
    await read(sources[1], ['b'], '11:20:00');
    await noteHours();
    await outbox.deliver();
    expect(told()).toEqual(['08:00', '09:00', '10:00']);
    const last = sinks[0].taken.at(-1)!;
    expect([idsOf(last), last.hoursRead]).toEqual([
      ['b service'],
      [at('10:00:00')],
    ]);
  });

  it('tells a sink that came later of no hour that it has in part', async () => {
    const { knex, sources, read, noteHours, outbox, lease } = await setUp();
    await read(sources[0], ['a'], '11:30:00');
    await read(sources[1], [], '11:30:00');
    await noteHours();
    await outbox.deliver();
    await lease.release();
    const late = new TestSink('late');
    const later = await start(knex, [late]);
    await later.read(sources[0], [], '15:30:00');
    await later.read(sources[1], [], '15:30:00');
    await later.noteHours();
    await later.outbox.deliver();
    expect(late.taken.flatMap(({ hoursRead }) => hoursRead)).toEqual([
      at('13:00:00'),
      at('13:00:00') + hour,
    ]);
    // Who is gone is forgotten: what it lacks by now, nobody knows.
    await expect(later.outbox.status()).resolves.toMatchObject([
      { sinkId: 'late' },
    ]);
  });
});
