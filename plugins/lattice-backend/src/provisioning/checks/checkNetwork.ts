import type {
  ProvisioningNetwork,
  ProvisioningPlan,
  ReadResult,
} from '@lattice-portal/plugin-lattice-common';
import { checkOwn } from './checkOwn';
import { checkRead, passes, refused } from './checkRead';
import type { Count, PlanFacts } from './PlanFacts';

export function checkNetwork(
  { networkArn, accountId }: ProvisioningPlan,
  networks: ReadResult<ProvisioningNetwork>,
) {
  return checkRead('network', networks, 'The service networks', items => {
    const network = items.find(({ arn }) => arn === networkArn);
    return network
      ? passes(`Service network ${network.name} can be joined.`)
      : refused(
          `Service network ${networkArn} is not shared with account ${accountId}. Its owner can share it with AWS RAM.`,
        );
  });
}

export function checkNetworkName(
  { networkName, accountId, madeBy }: ProvisioningPlan,
  facts: PlanFacts,
  networks: ReadResult<ProvisioningNetwork>,
) {
  return checkRead('network-name', networks, 'The service networks', items => {
    const isTaken = ownNetworks(items, accountId).some(
      ({ name }) => name === networkName,
    );
    if (!isTaken) {
      return passes(`The name ${networkName} is free.`);
    }
    const there = `Account ${accountId} has a service network ${networkName} already`;
    return (
      checkOwn(facts, there, madeBy) ??
      refused(`${there}. Choose another name.`)
    );
  });
}

/** The list has those that are shared with the account, too. */
function ownNetworks(items: ProvisioningNetwork[], accountId: string) {
  return items.filter(network => network.accountId === accountId);
}

export function countNetworks(
  { accountId }: ProvisioningPlan,
  networks: ReadResult<ProvisioningNetwork>,
): Count {
  return networks.status === 'read'
    ? { status: 'known', count: ownNetworks(networks.items, accountId).length }
    : networks;
}
