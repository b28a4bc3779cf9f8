/** A rule of a security group as the EC2 API takes it. */
export function ipPermission(
  direction: 'ingress' | 'egress',
  rule: Record<string, any>,
): Record<string, unknown> {
  const prefix = direction === 'ingress' ? 'Source' : 'Destination';
  const { CidrIp, CidrIpv6, Description, IpProtocol, FromPort, ToPort } = rule;
  const groupId = rule[`${prefix}SecurityGroupId`];
  const prefixListId = rule[`${prefix}PrefixListId`];
  return {
    IpProtocol,
    FromPort,
    ToPort,
    ...(CidrIp && { IpRanges: [{ CidrIp, Description }] }),
    ...(CidrIpv6 && { Ipv6Ranges: [{ CidrIpv6, Description }] }),
    ...(groupId && {
      UserIdGroupPairs: [{ GroupId: groupId, Description }],
    }),
    ...(prefixListId && {
      PrefixListIds: [{ PrefixListId: prefixListId, Description }],
    }),
  };
}
