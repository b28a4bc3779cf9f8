import type { SortDescriptor } from '@backstage/ui';
import {
  deniedCalls,
  totalCalls,
  type MapEdge,
  type ServiceMap,
} from '@lattice-portal/plugin-lattice-common';
import { entityLabel } from '../../format';

/** An edge with names in place of identifiers. */
export interface MapRow {
  id: string;
  edge: MapEdge;
  caller: string;
  /** VPC and account the calls come from. */
  from: string;
  service: string;
  owner?: string;
}

/** The map's edges, all or those found, as rows. */
export function mapRows(
  map: ServiceMap,
  found: Set<string> | undefined,
): MapRow[] {
  const callers = new Map(map.callers.map(caller => [caller.id, caller]));
  const services = new Map(map.services.map(service => [service.arn, service]));
  const vpcs = new Map(map.vpcs.map(vpc => [vpc.id, vpc]));
  const accounts = new Map(
    map.completeness.accounts.map(account => [account.accountId, account]),
  );
  return map.edges
    .filter(edge => !found || found.has(edge.id))
    .map(edge => {
      const caller = callers.get(edge.callerId);
      const service = services.get(edge.serviceArn);
      const vpc = vpcs.get(edge.sourceVpcId ?? '');
      const accountId = caller?.accountId ?? vpc?.accountId;
      const account = accountId && accounts.get(accountId)?.accountName;
      return {
        id: edge.id,
        edge,
        caller: caller?.name ?? edge.callerId,
        from: [account ?? accountId, vpc?.name ?? edge.sourceVpcId]
          .filter(Boolean)
          .join(' · '),
        service: service?.name ?? edge.serviceArn,
        owner: service?.owner && entityLabel(service.owner),
      };
    });
}

/** Rows in the order a column asks for. */
export function sortMapRows(rows: MapRow[], sort: SortDescriptor): MapRow[] {
  const keys: Record<string, (row: MapRow) => string | number> = {
    caller: row => row.caller,
    service: row => row.service,
    calls: row => totalCalls(row.edge.counts),
    denied: row => deniedCalls(row.edge.counts),
    lastSeen: row => row.edge.lastSeen,
  };
  const key = keys[String(sort.column)];
  if (!key) {
    return rows;
  }
  const sign = sort.direction === 'descending' ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x === y) {
      return a.id < b.id ? -1 : 1;
    }
    return x < y ? -sign : sign;
  });
}
