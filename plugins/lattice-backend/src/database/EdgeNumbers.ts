import type { Knex } from 'knex';
import type { EdgeRow } from '../ingest/rollUp';
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
type Edge = Pick<EdgeRow & { version: number }, (typeof COLUMNS)[number]>;

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
   * Writes down what is newest of the edges of some rows. If the transaction does not end well,
   * {@link EdgeNumbers.forget} has to be called.
   *
   * @param version - as `takeEdgeVersion` gave it in the transaction
   * @returns the number of each row's edge
   */
  async note(
    transaction: Knex.Transaction,
    rows: readonly EdgeRow[],
    version: number,
  ): Promise<number[]> {
    const forgotten = await readForgotten(transaction);
    const { most = DEFAULT_MOST } = this.options;
    if (forgotten !== this.#forgotten || this.#numbers.size > most) {
      this.forget();
    }
    this.#forgotten = forgotten;
    const keys = rows.map(keyOf);
    const known: (Edge & { number: number })[] = [];
    const unknown: Edge[] = [];
    for (const [key, edge] of newestOf(rows, keys)) {
      const number = this.#numbers.get(key);
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

function newestOf(
  rows: readonly EdgeRow[],
  keys: readonly string[],
): Map<string, EdgeRow> {
  const newest = new Map<string, EdgeRow>();
  for (const [index, row] of rows.entries()) {
    const known = newest.get(keys[index]);
    if (!known || row.last_seen >= known.last_seen) {
      newest.set(keys[index], row);
    }
  }
  return newest;
}

function keyOf(row: Pick<Edge, (typeof KEY)[number]>): string {
  // Columns hold no character 0.
  return KEY.map(column => row[column]).join('\0');
}
