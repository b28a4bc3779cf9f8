import type { Estate } from '../../estate/Estate';
import type { Subnet } from '../../estate/networkResources';

/** AWS keeps the first four addresses of a subnet, and the last. */
const FIRST = 4;

function toNumber(address: string): number {
  return address
    .split('.')
    .reduce((value, part) => value * 256 + Number(part), 0);
}

function toText(value: number): string {
  return [24, 16, 8, 0]
    .map(shift => Math.floor(value / 2 ** shift) % 256)
    .join('.');
}

/**
 * The lowest address of a subnet that no task or pod has and no target group names.
 *
 * @throws Error when there is none left.
 */
export function freeAddress(estate: Estate, subnet: Subnet): string {
  const [base, bits] = subnet.cidrBlock.split('/');
  const used = new Set([
    ...estate.ecsServices
      .values()
      .flatMap(({ tasks }) => tasks)
      .filter(({ vpcId }) => vpcId === subnet.vpcId)
      .map(({ address }) => address),
    ...estate.pods
      .filter(({ vpcId }) => vpcId === subnet.vpcId)
      .flatMap(({ address }) => address ?? []),
    ...estate.targetGroups
      .filter(({ config }) => config?.vpcIdentifier === subnet.vpcId)
      .flatMap(({ targets }) => targets.map(({ id }) => id)),
  ]);
  const size = 2 ** (32 - Number(bits));
  for (let offset = FIRST; offset < size - 1; offset++) {
    const address = toText(toNumber(base) + offset);
    if (!used.has(address)) {
      return address;
    }
  }
  throw new Error(`Subnet ${subnet.id} has no free address`);
}
