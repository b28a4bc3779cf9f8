import type { Knex } from 'knex';
import type { FoldedEdge } from '../ingest/rollUp';
import { readForgotten } from './edgeVersions';
import { NumbersByTexts } from './NumbersByTexts';
import { upsert } from './upsert';

const TABLE = 'edges';
/** That which differs most at the end. */
const KEY = [
  'outcome',
  'service_network_arn',
  'service_arn',
  'source_vpc_id',
  'caller_id',
] as const;
const COLUMNS = [...KEY, 'caller_kind', 'caller_account_id'] as const;
/** Edges whose numbers are held: about 30 megabytes. */
const DEFAULT_MOST = 50_000;

/**
 * The numbers of edges, as they are in the database; those of edges seen lately are in memory too, which
 * spares the looking up by long texts.
 */
export class EdgeNumbers {
  #numbers = new NumbersByTexts();
  #forgotten = 0;

  /** @param options - `most`: so many are held, and those of the last call */
  constructor(private readonly options: { most?: number } = {}) {}

  /**
   * The numbers of edges; those that are new get one. If the transaction does not end well,
   * {@link EdgeNumbers.forget} has to be called.
   *
   * @param transaction - after `takeEdgeVersion`: nobody else adds edges
   * @param edges - each once
   */
  async of(
    transaction: Knex.Transaction,
    edges: readonly FoldedEdge[],
  ): Promise<number[]> {
    const forgotten = await readForgotten(transaction);
    const { most = DEFAULT_MOST } = this.options;
    if (forgotten !== this.#forgotten || this.#numbers.size > most) {
      this.forget();
    }
    this.#forgotten = forgotten;
    const known = edges.map(edge => this.#numbers.get(keyOf(edge)));
    const unknown = edges.filter((_, index) => known[index] === undefined);
    const numbered = await upsert(transaction, {
      table: TABLE,
      rows: unknown,
      columns: COLUMNS,
      key: KEY,
      // Nothing changes: without, the numbers of those that are there are not told.
      merge: { caller_kind: transaction.raw('??', [`${TABLE}.caller_kind`]) },
      returning: ['number', ...KEY],
    });
    for (const row of numbered) {
      this.#numbers.set(keyOf(row), Number(row.number));
    }
    return edges.map(
      (edge, index) => known[index] ?? this.#numbers.get(keyOf(edge))!,
    );
  }

  /** Gives up what is in memory, as after a transaction of which it is not known how it ended. */
  forget(): void {
    this.#numbers = new NumbersByTexts();
  }
}

function keyOf(edge: Pick<FoldedEdge, (typeof KEY)[number]>): string[] {
  return KEY.map(column => edge[column]);
}
