import type { OutcomeCounts } from '../ingest/outcomeCounts';

/** Calls to a service in an hour that came through one network and ended in one way. */
export interface PackedOutcome {
  outcome: string;
  /** Empty: not recorded. */
  serviceNetworkArn: string;
  counts: OutcomeCounts;
}

/** The text that is kept of all of them, JSON: lists of outcome, network and counts. */
export function packOutcomes(outcomes: readonly PackedOutcome[]): string {
  return JSON.stringify(
    outcomes.map(({ outcome, serviceNetworkArn, counts }) => [
      outcome,
      serviceNetworkArn,
      ...counts,
    ]),
  );
}

/** @param text - as {@link packOutcomes} made it */
export function unpackOutcomes(text: string): PackedOutcome[] {
  const packed: [string, string, ...OutcomeCounts][] = JSON.parse(text);
  return packed.map(row => {
    const [outcome, serviceNetworkArn] = row;
    return { outcome, serviceNetworkArn, counts: row.slice(2) as number[] };
  });
}
