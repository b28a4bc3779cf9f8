import type { Knex } from 'knex';
import { EdgeRows } from './EdgeSums';
import {
  type EdgeBucket,
  type EdgeSumsTable,
  type EdgeVersions,
  readEdgeVersions,
} from './edgeVersions';
import { KnownEdges } from './KnownEdges';
import { type NewestTexts, newsByNumber, readNewestTexts } from './newestCalls';
import { packNewest } from './packedNewest';
import type { EdgeTraffic, TimeRange, TrafficFilter } from './TrafficStore';
import { WindowTraffic } from './WindowTraffic';

/** Of a service whose edges were forgotten. */
const NOTHING = packNewest(new Map());

/** 72 bytes each: a month of days and two days of hours of a company with 20,000 edges, and half more. */
const MOST_ROWS = 1_500_000;

/** Windows whose edges are held added up: some megabytes each, less of one service network. */
const MOST_WINDOWS = 6;

/** Something that was read when it had a version. */
interface Kept<T> {
  version: number;
  value: Promise<T>;
}

/** Edges, and the texts that what is newest of them was read from. */
interface ReadEdges {
  edges: KnownEdges;
  newest: NewestTexts;
}

/**
 * Holds what was read of edges, hour by hour and day by day, so that each is read once for as long as it
 * does not change. Every answer asks the database what has changed, whoever changed it.
 */
export class EdgeMemory {
  #edges?: Kept<ReadEdges> & { forgotten: number };
  /** By table and bucket, those used last at the end. */
  readonly #buckets = new Map<string, Kept<EdgeRows> & { length: number }>();
  /** By their buckets, those used last at the end. */
  readonly #windows = new Map<
    string,
    { versions: string; window: WindowTraffic }
  >();

  static create(options: {
    knex: Knex;
    /** So many rows are held, but for those of the bucket used last. */
    mostRows?: number;
  }): EdgeMemory {
    return new EdgeMemory(options);
  }

  private constructor(
    private readonly options: Parameters<typeof EdgeMemory.create>[0],
  ) {}

  /** The edges that have calls in the buckets that begin within ranges. */
  async traffic(
    ranges: readonly (TimeRange & { table: EdgeSumsTable })[],
    { serviceNetworkArn }: Pick<TrafficFilter, 'serviceNetworkArn'> = {},
  ): Promise<readonly EdgeTraffic[]> {
    // Before what they are the versions of: what is read later may be newer, and is read again then.
    const versions = await readEdgeVersions(this.options.knex, ranges);
    const key = JSON.stringify([
      versions.buckets.map(({ table, bucket }) => [table, bucket]),
      serviceNetworkArn,
    ]);
    const now = JSON.stringify(versions);
    const window =
      this.#windows.get(key)?.versions === now
        ? this.#windows.get(key)!.window
        : await this.#addUp(key, versions, serviceNetworkArn);
    this.#windows.delete(key);
    this.#windows.set(key, { versions: now, window });
    const [oldest] = this.#windows.keys();
    if (this.#windows.size > MOST_WINDOWS) {
      this.#windows.delete(oldest);
    }
    return window.traffic;
  }

  async #addUp(
    key: string,
    versions: EdgeVersions,
    serviceNetworkArn: string | undefined,
  ): Promise<WindowTraffic> {
    const all = await this.#known(versions);
    const edges =
      serviceNetworkArn === undefined ? all : all.inNetwork(serviceNetworkArn);
    const rows: EdgeRows[] = [];
    for (const bucket of versions.buckets) {
      rows.push(await this.#bucket(bucket));
    }
    const before = this.#windows.get(key)?.window;
    return before?.changed(edges, rows) ?? WindowTraffic.of(edges, rows);
  }

  async #known({
    edges: version,
    forgotten,
  }: EdgeVersions): Promise<KnownEdges> {
    const known = this.#edges;
    const isWhole = known?.forgotten === forgotten;
    if (isWhole && known.version >= version) {
      return (await known.value).edges;
    }
    const value = isWhole ? this.#readChanges(known) : this.#readEdges();
    const kept = { version, forgotten, value };
    this.#edges = kept;
    try {
      return (await value).edges;
    } catch (error) {
      if (this.#edges === kept) {
        this.#edges = undefined;
      }
      throw error;
    }
  }

  async #readEdges(): Promise<ReadEdges> {
    const { knex } = this.options;
    const rows = await knex('edges');
    const newest = await readNewestTexts(knex);
    const edges = KnownEdges.of(rows, newsByNumber(newest, new Map()));
    return { edges, newest };
  }

  async #readChanges({ version, value }: Kept<ReadEdges>): Promise<ReadEdges> {
    const { knex } = this.options;
    const before = await value;
    // Those added have higher numbers than those before them.
    const added = await knex('edges').where(
      'number',
      '>',
      before.edges.numbers.at(-1) ?? 0,
    );
    const texts = new Map(await readNewestTexts(knex, version));
    const newest = new Map([...before.newest, ...texts]);
    const told = new Map(before.newest);
    for (const { service_arn: service } of added) {
      // It may have been read before the edge was: all of it is news.
      texts.set(service, newest.get(service) ?? NOTHING);
      told.delete(service);
    }
    const news = newsByNumber(texts, told);
    return { edges: before.edges.changed(added, news), newest };
  }

  async #bucket(part: EdgeBucket & { version: number }): Promise<EdgeRows> {
    const { version } = part;
    const key = `${part.table} ${part.bucket}`;
    const known = this.#buckets.get(key);
    if (known?.version === version) {
      this.#buckets.delete(key);
      this.#buckets.set(key, known);
      return known.value;
    }
    const kept = { version, value: this.#readBucket(part), length: 0 };
    this.#buckets.delete(key);
    this.#buckets.set(key, kept);
    try {
      const rows = await kept.value;
      kept.length = rows.length;
      this.#forgetOldest();
      return rows;
    } catch (error) {
      if (this.#buckets.get(key) === kept) {
        this.#buckets.delete(key);
      }
      throw error;
    }
  }

  async #readBucket({ table, bucket }: EdgeBucket): Promise<EdgeRows> {
    const { knex } = this.options;
    const texts: string[] = await knex(table).where({ bucket }).pluck('edges');
    return EdgeRows.of(texts, bucket);
  }

  #forgetOldest(): void {
    const { mostRows = MOST_ROWS } = this.options;
    let rows = 0;
    for (const { length } of this.#buckets.values()) {
      rows += length;
    }
    for (const [key, { length }] of this.#buckets) {
      if (rows <= mostRows || this.#buckets.size === 1) {
        return;
      }
      this.#buckets.delete(key);
      rows -= length;
    }
  }
}
