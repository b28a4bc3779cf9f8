import { createHash } from 'crypto';
import type { SecurityGroup, SecurityGroupRule } from '../../estate/resources';

/**
 * Rules as the EC2 API groups them: one permission for each protocol and port range, with all its
 * peers.
 */
export function toPermissions(
  group: SecurityGroup,
  rules: SecurityGroupRule[],
) {
  const permissions = new Map<string, any>();
  for (const rule of rules) {
    const { protocol, fromPort, toPort } = rule;
    const key = [protocol, fromPort, toPort].join('/');
    const permission = permissions.get(key) ?? {
      IpProtocol: protocol,
      FromPort: fromPort,
      ToPort: toPort,
      IpRanges: [],
      Ipv6Ranges: [],
      PrefixListIds: [],
      UserIdGroupPairs: [],
    };
    permissions.set(key, permission);
    if (rule.cidr?.includes(':')) {
      permission.Ipv6Ranges.push({ CidrIpv6: rule.cidr });
    } else if (rule.cidr) {
      permission.IpRanges.push({ CidrIp: rule.cidr });
    }
    if (rule.prefixListId) {
      permission.PrefixListIds.push({ PrefixListId: rule.prefixListId });
    }
    if (rule.securityGroupId) {
      permission.UserIdGroupPairs.push({
        GroupId: rule.securityGroupId,
        UserId: group.accountId,
      });
    }
  }
  return [...permissions.values()];
}

/** The rules that an Authorize or Revoke call names: one for each peer of each permission. */
export function fromInput(
  direction: SecurityGroupRule['direction'],
  input: any,
): SecurityGroupRule[] {
  const permissions = [...(input.IpPermissions ?? [])];
  if (input.IpProtocol) {
    const { IpProtocol, FromPort, ToPort, CidrIp } = input;
    const IpRanges = CidrIp ? [{ CidrIp }] : [];
    permissions.push({ IpProtocol, FromPort, ToPort, IpRanges });
  }
  return permissions.flatMap((permission: any) => {
    const common = {
      direction,
      protocol: String(permission.IpProtocol),
      fromPort: permission.FromPort,
      toPort: permission.ToPort,
    };
    return [
      ...(permission.IpRanges ?? []).map((range: any) => ({
        ...common,
        cidr: range.CidrIp,
      })),
      ...(permission.Ipv6Ranges ?? []).map((range: any) => ({
        ...common,
        cidr: range.CidrIpv6,
      })),
      ...(permission.UserIdGroupPairs ?? []).map((pair: any) => ({
        ...common,
        securityGroupId: pair.GroupId,
      })),
      ...(permission.PrefixListIds ?? []).map((list: any) => ({
        ...common,
        prefixListId: list.PrefixListId,
      })),
    ];
  });
}

/** A rule by what it says: equal rules are the same rule. */
export function ruleKey(rule: SecurityGroupRule): string {
  const { direction, protocol, fromPort, toPort } = rule;
  const peer = [rule.cidr, rule.securityGroupId, rule.prefixListId];
  return [direction, protocol, fromPort, toPort, ...peer].join('|');
}

/** One rule in EC2's newer form, with an id made from what it says. */
export function describeRule(group: SecurityGroup, rule: SecurityGroupRule) {
  const hash = createHash('sha256').update(`${group.id}|${ruleKey(rule)}`);
  const isVersion6 = rule.cidr?.includes(':');
  return {
    SecurityGroupRuleId: `sgr-0${hash.digest('hex').slice(0, 16)}`,
    GroupId: group.id,
    GroupOwnerId: group.accountId,
    IsEgress: rule.direction === 'egress',
    IpProtocol: rule.protocol,
    FromPort: rule.fromPort ?? -1,
    ToPort: rule.toPort ?? -1,
    CidrIpv4: isVersion6 ? undefined : rule.cidr,
    CidrIpv6: isVersion6 ? rule.cidr : undefined,
    PrefixListId: rule.prefixListId,
    ReferencedGroupInfo: rule.securityGroupId && {
      GroupId: rule.securityGroupId,
      UserId: group.accountId,
    },
  };
}
