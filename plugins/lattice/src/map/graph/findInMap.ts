import type { ServiceMap } from '@lattice-portal/plugin-lattice-common';
import { matchesOutcome, type OutcomeFilter } from './edgeOutcomes';

/** What the reader looks for. */
export interface MapSearch {
  /** Words that all have to be somewhere in the edge. */
  text?: string;
  outcome?: OutcomeFilter;
}

/** Ids of the edges that match; absent where nothing is looked for. */
export function findInMap(
  map: ServiceMap,
  search: MapSearch,
): Set<string> | undefined {
  const words = (search.text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length && !search.outcome) {
    return undefined;
  }
  const callers = new Map(map.callers.map(caller => [caller.id, caller]));
  const services = new Map(map.services.map(service => [service.arn, service]));
  const vpcs = new Map(map.vpcs.map(vpc => [vpc.id, vpc]));
  const accountNames = new Map(
    map.completeness.accounts.map(({ accountId, accountName }) => [
      accountId,
      accountName,
    ]),
  );
  const found = map.edges.filter(edge => {
    const caller = callers.get(edge.callerId);
    const service = services.get(edge.serviceArn);
    const vpc = vpcs.get(edge.sourceVpcId ?? '');
    const accounts = [caller, service, vpc].map(at => at?.accountId ?? '');
    const haystack = [
      edge.callerId,
      caller?.name,
      service?.name,
      service?.owner,
      edge.serviceArn,
      edge.sourceVpcId,
      vpc?.name,
      ...accounts,
      ...accounts.map(id => accountNames.get(id)),
    ]
      .join(' ')
      .toLowerCase();
    return (
      words.every(word => haystack.includes(word)) &&
      matchesOutcome(edge.counts, search.outcome)
    );
  });
  return new Set(found.map(edge => edge.id));
}
