import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import type { SeenLine } from '../ingest/sortOut';
import { Lease } from './Lease';
import { migrate } from './openDatabase';
import { SeenLines } from './SeenLines';

const HOUR = 60 * 60 * 1000;
jest.setTimeout(60_000);

const databases = createTestDatabases();

/** A call has its time, and so its hour, for good. */
function lineOf(call: number) {
  const hash = createHash('sha256').update(`${call}`).digest('hex');
  return { key: hash, timestamp: (call % 5) * HOUR + call };
}

/** Lines that a process takes in, in one transaction, which may fail. */
const deliveries = fc.array(
  fc.record({
    process: fc.nat({ max: 1 }),
    source: fc.integer({ min: 1, max: 3 }),
    calls: fc.uniqueArray(fc.nat({ max: 30 }), { maxLength: 8 }),
    fails: fc.boolean(),
  }),
  { minLength: 10, maxLength: 40 },
);

describe.each(databaseIds)('SeenLines on %s', databaseId => {
  it('knows what was taken in, by whatever process, and nothing else', async () => {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    let time = 0;
    const now = () => time++;
    const name = 'test';
    await fc.assert(
      fc.asyncProperty(deliveries, async steps => {
        await knex('log_seen_segments').delete();
        const expected = new Map<number, SeenLine[]>();
        // So little fits into memory that hours come and go.
        const processes = [0, 1].map(() => new SeenLines({ maxLines: 6 }));
        for (const [step, delivery] of steps.entries()) {
          const { source: sourceNumber, calls, fails } = delivery;
          const seen = processes[delivery.process];
          const lease = await Lease.take({ knex, name, duration: 0, now });
          const lineId = step.toString(16).padStart(12, '0');
          const lines = calls.map(call => ({ ...lineOf(call), lineId }));
          const transaction = await knex.transaction();
          const found = await seen.find({
            transaction,
            lease: lease!,
            lines,
          });
          expect(calls.map(call => found.get(lineOf(call).key))).toEqual(
            calls.map(call => expected.get(call)),
          );
          const remember = await seen.write({
            transaction,
            sourceNumber,
            lines,
          });
          if (fails) {
            await transaction.rollback();
            seen.forget();
            continue;
          }
          await transaction.commit();
          remember();
          for (const call of calls) {
            const line = { sourceNumber, lineId };
            expected.set(call, [...(expected.get(call) ?? []), line]);
          }
        }
      }),
      { numRuns: 25 },
    );
  });
});
