import { ifRead, type LaunchCheck } from './LaunchCheck';

/** The subnets are there, and of the chosen VPC. */
export const checkSubnets: LaunchCheck = (request, facts) => {
  const { subnetIds, vpcId, accountId, region } = request;
  if (subnetIds.length === 0) {
    return undefined;
  }
  return ifRead('the subnets', facts.subnets, subnets => {
    const of = new Map(subnets.map(subnet => [subnet.id, subnet.vpcId]));
    const missing = subnetIds.filter(id => !of.has(id));
    const foreign = vpcId
      ? subnetIds.filter(id => of.has(id) && of.get(id) !== vpcId)
      : [];
    return [
      ...(missing.length
        ? [
            `Account ${accountId} has no subnet ${missing.join(
              ', ',
            )} in ${region}. Choose others.`,
          ]
        : []),
      ...foreign.map(
        id =>
          `Subnet ${id} belongs to ${of.get(
            id,
          )}, not to ${vpcId}. Choose subnets of one VPC.`,
      ),
    ];
  });
};
