import type {
  AccountFreshness,
  ServiceMap,
} from '@lattice-portal/plugin-lattice-common';
import type { GraphBox, GraphEdge, GraphNode, MapGraph } from './types';

const NOWHERE = 'nowhere';

/**
 * Arranges a service map into boxes, nodes and edges: who calls on the left, service networks in the
 * middle, services on the right, each within its account.
 *
 * @remarks
 * An account that calls and is called has a box on either side, so that all arrows point the same way.
 */
export function buildMapGraph(map: ServiceMap): MapGraph {
  const boxes = new Map<string, GraphBox>();
  const nodes = new Map<string, GraphNode>();
  const edges: GraphEdge[] = [];
  const accounts = accountsById(map.completeness.accounts);

  const accountBox = (column: number, accountId: string = NOWHERE) => {
    const id = `account:${column}:${accountId}`;
    if (!boxes.has(id)) {
      const freshness = accounts.get(accountId);
      boxes.set(id, {
        id,
        kind: 'account',
        title:
          freshness?.[0].accountName ??
          (accountId === NOWHERE ? 'Account not recorded' : accountId),
        subtitle: freshness?.[0].accountName && accountId,
        column,
        freshness,
      });
    }
    return id;
  };

  for (const vpc of sortBy(map.vpcs, ({ accountId, id }) => accountId + id)) {
    boxes.set(`vpc:${vpc.id}`, {
      id: `vpc:${vpc.id}`,
      kind: 'vpc',
      parent: accountBox(0, vpc.accountId),
      title: vpc.name ?? vpc.id,
      subtitle: vpc.name && vpc.id,
      note: vpc.serviceNetworkArn ? undefined : 'in no service network',
      vpc,
    });
  }
  for (const network of sortBy(map.serviceNetworks, ({ arn }) => arn)) {
    const id = `network:${network.arn}`;
    const parent = accountBox(1, network.accountId);
    nodes.set(id, { id, parent, kind: 'network', network });
  }
  for (const service of sortBy(map.services, ({ name, arn }) => name + arn)) {
    const id = `service:${service.arn}`;
    const parent = accountBox(2, service.accountId);
    nodes.set(id, { id, parent, kind: 'service', service });
  }

  const callers = new Map(map.callers.map(caller => [caller.id, caller]));
  for (const edge of sortBy(map.edges, ({ id }) => id)) {
    const caller = callers.get(edge.callerId);
    const target = `service:${edge.serviceArn}`;
    if (!caller || !nodes.has(target)) {
      continue;
    }
    const vpcBox = `vpc:${edge.sourceVpcId}`;
    const source = `caller:${edge.sourceVpcId ?? ''}:${caller.id}`;
    if (!nodes.has(source)) {
      nodes.set(source, {
        id: source,
        parent: boxes.has(vpcBox) ? vpcBox : accountBox(0, caller.accountId),
        kind: 'caller',
        caller,
        vpcId: edge.sourceVpcId,
      });
    }
    edges.push({ id: edge.id, kind: 'traffic', source, target, edge });
  }

  for (const vpc of map.vpcs) {
    const network = `network:${vpc.serviceNetworkArn}`;
    if (nodes.has(network)) {
      edges.push(member(`vpc:${vpc.id}`, network));
    }
  }
  for (const service of map.services) {
    for (const arn of service.serviceNetworkArns) {
      if (nodes.has(`network:${arn}`)) {
        edges.push(member(`network:${arn}`, `service:${service.arn}`));
      }
    }
  }
  return { boxes: [...boxes.values()], nodes: [...nodes.values()], edges };
}

function member(source: string, target: string): GraphEdge {
  return { id: `member:${source}>${target}`, kind: 'member', source, target };
}

function accountsById(accounts: AccountFreshness[]) {
  const byId = new Map<string, AccountFreshness[]>();
  for (const account of accounts) {
    byId.set(account.accountId, [
      ...(byId.get(account.accountId) ?? []),
      account,
    ]);
  }
  return byId;
}

function sortBy<T>(items: T[], key: (item: T) => string): T[] {
  return [...items].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
