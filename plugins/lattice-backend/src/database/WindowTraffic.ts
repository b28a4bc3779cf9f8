import { type EdgeRows, EdgeSums } from './EdgeSums';
import type { KnownEdges } from './KnownEdges';
import type { EdgeTraffic } from './TrafficStore';

/**
 * The edges that have calls in some hours and days, added up. Immutable: after a change, what did not change
 * is the same object, so that what was made of it can be kept.
 */
export class WindowTraffic {
  /** Of those that have calls. */
  readonly traffic: readonly EdgeTraffic[];

  /** @param rows - of the hours and days */
  static of(edges: KnownEdges, rows: readonly EdgeRows[]): WindowTraffic {
    const sums = EdgeSums.for(edges.numbers);
    for (const added of rows) {
      sums.add(added);
    }
    return new WindowTraffic(edges, rows, sums, edges.trafficOfEach(sums));
  }

  private constructor(
    private readonly edges: KnownEdges,
    private readonly rows: readonly EdgeRows[],
    private readonly sums: EdgeSums,
    private readonly ofEach: readonly (EdgeTraffic | undefined)[],
  ) {
    this.traffic = ofEach.filter(edge => edge !== undefined);
  }

  /**
   * The same hours and days after a change.
   *
   * @returns absent: something was taken away, and all has to be added up anew
   */
  changed(
    edges: KnownEdges,
    rows: readonly EdgeRows[],
  ): WindowTraffic | undefined {
    if (!edges.continues(this.edges)) {
      return undefined;
    }
    const sums = EdgeSums.for(edges.numbers, this.sums);
    const places = new Set<number>();
    for (const [index, now] of rows.entries()) {
      const before = this.rows[index];
      const changed =
        now === before ? [] : sums.addChange(before, now, this.sums.length);
      if (!changed) {
        return undefined;
      }
      for (const place of changed) {
        places.add(place);
      }
    }
    const before = { edges: this.edges, traffic: this.ofEach, places };
    return new WindowTraffic(
      edges,
      rows,
      sums,
      edges.trafficOfEach(sums, before),
    );
  }
}
