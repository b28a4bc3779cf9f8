import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { linesOfCalls } from '../__testUtils__/linesOfCalls';
import { Novelty } from '../ingest/SeenTable';
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
    /** The first source has several logs. */
    log: fc.nat({ max: 2 }),
    calls: fc.uniqueArray(fc.nat({ max: 30 }), { maxLength: 8 }),
    fails: fc.boolean(),
    /** With the line ids of the delivery before. */
    isAgain: fc.boolean(),
  }),
  { minLength: 10, maxLength: 40 },
);

interface SeenLine {
  sourceNumber: number;
  log: number;
  lineId: string;
}

function noveltyOf(
  before: SeenLine[] = [],
  { sourceNumber, log, lineId }: SeenLine,
): Novelty {
  const ofSource = before.filter(line => line.sourceNumber === sourceNumber);
  if (ofSource.some(line => line.lineId === lineId)) {
    return Novelty.Known;
  }
  if (ofSource.some(line => line.log === log)) {
    return Novelty.Duplicate;
  }
  return before.length > 0 ? Novelty.Twin : Novelty.New;
}

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
        let stepBefore: { lineId: string } | undefined;
        // So little fits into memory that hours come and go.
        const processes = [0, 1].map(() => new SeenLines({ maxLines: 6 }));
        for (const [step, delivery] of steps.entries()) {
          const { source: sourceNumber, calls, fails } = delivery;
          const log = sourceNumber === 1 ? delivery.log : 0;
          const seen = processes[delivery.process];
          const lease = await Lease.take({ knex, name, duration: 0, now });
          const lineId = step.toString(16).padStart(12, '0');
          const again = delivery.isAgain && stepBefore?.lineId;
          const lines = calls.map(call => ({
            ...lineOf(call),
            lineId: again || lineId,
          }));
          stepBefore = { lineId };
          const transaction = await knex.transaction();
          let novelties: Uint8Array;
          try {
            [novelties] = await seen.add({
              transaction,
              lease: lease!,
              sourceNumber,
              columns: [
                {
                  ...linesOfCalls(lines),
                  logs: new Uint32Array(lines.length).fill(log),
                },
              ],
            });
          } finally {
            // What is said is looked at later: a test that fails is not to hold the connection.
            await (fails ? transaction.rollback() : transaction.commit());
          }
          expect(Array.from(novelties)).toEqual(
            calls.map((call, index) =>
              noveltyOf(expected.get(call), {
                sourceNumber,
                log,
                lineId: lines[index].lineId,
              }),
            ),
          );
          if (fails) {
            seen.forget();
            continue;
          }
          for (const [index, call] of calls.entries()) {
            // A line that is known is no other one, whatever is said of its log.
            if (novelties[index] !== Novelty.Known) {
              const line = { sourceNumber, log, lineId: lines[index].lineId };
              expected.set(call, [...(expected.get(call) ?? []), line]);
            }
          }
        }
      }),
      { numRuns: 25 },
    );
  });
});
