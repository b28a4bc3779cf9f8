import fc from 'fast-check';
import type { Knex } from 'knex';
import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { addCalls, COUNT, DURATIONS } from '../ingest/callSums';
import { noCalls } from '../__testUtils__/noCalls';
import type { FoldedEdge } from '../ingest/rollUp';
import { addEdges } from './addEdges';
import { DatabaseRetentionStore } from './DatabaseRetentionStore';
import { DatabaseTrafficStore } from './DatabaseTrafficStore';
import { EdgeMemory } from './EdgeMemory';
import { EdgeNumbers } from './EdgeNumbers';
import { migrate } from './openDatabase';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-20T00:00:00Z');
const HOURS = 72;
const ALL = { from: START, to: START + HOURS * HOUR };
const databases = createTestDatabases();

interface Call {
  hour: number;
  second: number;
  service: string;
  outcome: string;
  network?: string;
}

/** The edges of calls, each once. */
function edgesOf(calls: readonly Call[]): FoldedEdge[] {
  const edges = new Map<string, FoldedEdge>();
  for (const { hour, second, service, outcome, network = '' } of calls) {
    const bucket = START + hour * HOUR;
    const seen = bucket + second * 1000;
    const key = JSON.stringify([service, outcome, network]);
    const known = edges.get(key);
    const isNewest = !known || seen >= known.last_seen;
    const last_seen = isNewest ? seen : known.last_seen;
    const hours = new Map(known?.hours);
    const sums = noCalls(second * 1000);
    sums[COUNT] = 1;
    sums[DURATIONS + 4] = 1;
    if (hours.has(bucket)) {
      addCalls(sums, hours.get(bucket)!);
    }
    edges.set(key, {
      service_arn: service,
      caller_id: 'caller',
      service_network_arn: network,
      source_vpc_id: '',
      outcome,
      caller_kind: 'signed',
      caller_account_id: '1',
      last_seen,
      last_denied_id: outcome === 'allowed' ? '' : String(last_seen),
      hours: [...hours.set(bucket, sums)],
    });
  }
  return [...edges.values()];
}

const prune = (knex: Knex, before: number) =>
  DatabaseRetentionStore.create({ knex }).prune({
    before: {
      edges: before,
      deniedRequests: before,
      outcomes: 0,
      causes: 0,
      unparsedLines: 0,
      seenLines: 0,
    },
    proofs: [],
  });

const hour = fc.integer({ min: 0, max: HOURS - 1 });
const service = fc.constantFrom('a', 'b', 'c');
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .array(
        fc.record({
          hour,
          second: fc.integer({ min: 0, max: 3599 }),
          service,
          outcome: fc.constantFrom('allowed', 'denied-by-service'),
          network: fc.constantFrom('', 'n'),
        }),
        { minLength: 1, maxLength: 6 },
      )
      .map(calls => ({ add: edgesOf(calls) })),
  },
  {
    weight: 1,
    arbitrary: hour.map(at => ({ forget: START + at * HOUR })),
  },
);
const steps = fc.array(
  fc.record({
    step,
    replica: fc.nat({ max: 1 }),
    window: fc
      .tuple(hour, hour)
      .map(([one, other]) => [Math.min(one, other), Math.max(one, other) + 1]),
  }),
  { minLength: 1, maxLength: 8 },
);

describe.each(databaseIds)('edges held in memory on %s', databaseId => {
  it('are what the database has, whoever changed it', async () => {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    await fc.assert(
      fc.asyncProperty(steps, async run => {
        for (const table of ['edges', 'newest_calls', 'edges_1h', 'edges_1d']) {
          await knex(table).delete();
        }
        // The numbers of changes go on: none comes twice.
        await knex('edge_versions').where('bucket', '>', 0).delete();
        const replicas = [0, 1].map(() =>
          DatabaseTrafficStore.create({ knex }),
        );
        // Each forgets its numbers sooner or later.
        const writers = [2, 50].map(most => new EdgeNumbers({ most }));
        for (const { step: change, replica, window } of run) {
          await ('add' in change
            ? knex.transaction(transaction =>
                addEdges(transaction, change.add, writers[replica]),
              )
            : prune(knex, change.forget));
          const range = {
            from: START + window[0] * HOUR,
            to: START + window[1] * HOUR,
          };
          const found = await replicas[replica].traffic(range);
          // Those of a service are read by themselves.
          const stored = await Promise.all(
            ['a', 'b', 'c'].map(serviceArn =>
              replicas[replica].traffic({ ...range, serviceArn }),
            ),
          );
          const byId = (one: { id: string }, other: { id: string }) =>
            one.id.localeCompare(other.id);
          expect([...found].sort(byId)).toEqual(stored.flat().sort(byId));
          for (const serviceNetworkArn of ['', 'n']) {
            const ofNetwork = { ...range, serviceNetworkArn };
            const inMemory = await replicas[replica].traffic(ofNetwork);
            const inDatabase = await replicas[replica].traffic({
              ...ofNetwork,
              callerId: 'caller',
            });
            expect([...inMemory].sort(byId)).toEqual(
              [...inDatabase].sort(byId),
            );
          }
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it('are as many as is said', async () => {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    await knex.transaction(transaction =>
      addEdges(
        transaction,
        edgesOf(
          [0, 1, 2, 3].map(at => ({
            hour: at,
            second: 1,
            service: 'a',
            outcome: 'allowed',
          })),
        ),
        new EdgeNumbers(),
      ),
    );
    const memory = EdgeMemory.create({ knex, mostRows: 2 });
    const ask = async (from: number, to: number) => {
      const read: string[] = [];
      const note = ({ sql }: { sql: string }) => read.push(sql);
      knex.on('query', note);
      const [{ calls }] = await memory.traffic([
        {
          table: 'edges_1h',
          from: START + from * HOUR,
          to: START + to * HOUR,
        },
      ]);
      knex.off('query', note);
      return [calls[0].count, read.filter(sql => /edges_1h/.test(sql)).length];
    };
    expect(await ask(0, 4)).toEqual([4, 4]);
    expect(await ask(2, 4)).toEqual([2, 0]);
    expect(await ask(0, 1)).toEqual([1, 1]);
    expect(await ask(3, 4)).toEqual([1, 0]);
    expect(await ask(2, 3)).toEqual([1, 1]);
  });

  it('are read again where that failed', async () => {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    await knex.transaction(transaction =>
      addEdges(
        transaction,
        edgesOf([{ hour: 1, second: 1, service: 'a', outcome: 'allowed' }]),
        new EdgeNumbers(),
      ),
    );
    for (const table of ['edges', 'newest_calls', 'edges_1d']) {
      const traffic = DatabaseTrafficStore.create({ knex });
      await knex.schema.renameTable(table, 'away');
      await expect(traffic.traffic(ALL)).rejects.toThrow(table);
      await knex.schema.renameTable('away', table);
      await expect(traffic.traffic(ALL)).resolves.toHaveLength(1);
    }
  });
});
