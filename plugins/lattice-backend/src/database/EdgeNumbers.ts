import type { Knex } from 'knex';
import type { FoldedEdge } from '../ingest/rollUp';
import { readForgotten } from './edgeVersions';
import { mergeOf } from './sql';
import { updateNewer } from './updateNewer';
import { upsert } from './upsert';

const TABLE = 'edges';
const KEY = [
  'service_arn',
  'caller_id',
  'source_vpc_id',
  'outcome',
  'service_network_arn',
] as const;
/** What changes with a call. */
const CHANGES = ['last_seen', 'last_denied_id', 'caller_account_id'] as const;
const COLUMNS = [...KEY, ...CHANGES, 'caller_kind', 'version'] as const;
/** Edges whose numbers are held: about 30 megabytes. */
const DEFAULT_MOST = 50_000;

/** A row of the table, but for its number. */
type Edge = Omit<FoldedEdge, 'hours'> & { version: number };

/**
 * The numbers of edges, as they are in the database; those of edges seen lately are in memory too, which
 * spares the looking up by long texts.
 */
export class EdgeNumbers {
  readonly #numbers = new Map<string, number>();
  #forgotten = 0;

  /** @param options - `most`: so many are held, and those of the last call */
  constructor(private readonly options: { most?: number } = {}) {}

  /**
   * Writes down what is newest of some edges. If the transaction does not end well,
   * {@link EdgeNumbers.forget} has to be called.
   *
   * @param edges - each once
   * @param version - as `takeEdgeVersion` gave it in the transaction
   * @returns their numbers
   */
  async note(
    transaction: Knex.Transaction,
    edges: readonly FoldedEdge[],
    version: number,
  ): Promise<number[]> {
    const forgotten = await readForgotten(transaction);
    const { most = DEFAULT_MOST } = this.options;
    if (forgotten !== this.#forgotten || this.#numbers.size > most) {
      this.forget();
    }
    this.#forgotten = forgotten;
    const keys = edges.map(keyOf);
    const known: (Edge & { number: number })[] = [];
    const unknown: Edge[] = [];
    for (const [index, { hours: _, ...edge }] of edges.entries()) {
      const number = this.#numbers.get(keys[index]);
      if (number === undefined) {
        unknown.push({ ...edge, version });
      } else {
        known.push({ ...edge, version, number });
      }
    }
    await updateNewer(transaction, {
      table: TABLE,
      rows: known.sort((one, other) => one.number - other.number),
      key: 'number',
      columns: ['version', ...CHANGES],
      time: 'last_seen',
    });
    const numbered = await upsert(transaction, {
      table: TABLE,
      rows: unknown,
      columns: COLUMNS,
      key: KEY,
      merge: {
        version: transaction.raw('excluded.version'),
        ...mergeOf(transaction, TABLE).ofGreater('last_seen', CHANGES),
      },
      returning: ['number', ...KEY],
    });
    for (const row of numbered) {
      this.#numbers.set(keyOf(row), Number(row.number));
    }
    return keys.map(key => this.#numbers.get(key)!);
  }

  /** Gives up what is in memory, as after a transaction of which it is not known how it ended. */
  forget(): void {
    this.#numbers.clear();
  }
}

function keyOf(edge: Pick<Edge, (typeof KEY)[number]>): string {
  const { service_arn, caller_id, source_vpc_id, outcome } = edge;
  // Columns hold no character 0.
  return `${service_arn}\0${caller_id}\0${source_vpc_id}\0${outcome}\0${edge.service_network_arn}`;
}
