import type { Estate } from '../../estate/Estate';

/** A quota of an AWS service, with AWS's default. */
export interface Quota {
  code: string;
  name: string;
  value: number;
  isAdjustable: boolean;
  isGlobal?: boolean;
}

/**
 * The quotas of VPC Lattice that the sandbox enforces.
 *
 * @remarks
 * Names and values are AWS's. AWS does not publish the codes: find a quota by its name.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/quotas.html
 */
export const latticeQuotas = {
  networksPerRegion: {
    code: 'L-3AAA3BA9',
    name: 'Service networks per Region',
    value: 50,
    isAdjustable: true,
  },
  servicesPerRegion: {
    code: 'L-1A31C3CC',
    name: 'Services per Region',
    value: 2000,
    isAdjustable: true,
  },
  targetGroupsPerRegion: {
    code: 'L-9D5D5D32',
    name: 'Target groups per Region',
    value: 500,
    isAdjustable: true,
  },
  listenersPerService: {
    code: 'L-D6E5C1E6',
    name: 'Listeners per service',
    value: 2,
    isAdjustable: true,
  },
  rulesPerListener: {
    code: 'L-B4AC8B56',
    name: 'Rules per listener',
    value: 10,
    isAdjustable: true,
  },
  serviceAssociationsPerNetwork: {
    code: 'L-50C3A5B8',
    name: 'Service associations per service network',
    value: 500,
    isAdjustable: true,
  },
  vpcAssociationsPerNetwork: {
    code: 'L-D5D9D5B6',
    name: 'VPC associations per service network',
    value: 500,
    isAdjustable: true,
  },
  resourceAssociationsPerNetwork: {
    code: 'L-6A1E7C42',
    name: 'Resource configurations per service network',
    value: 500,
    isAdjustable: true,
  },
  resourceConfigurationsPerRegion: {
    code: 'L-7B2F8D53',
    name: 'Resource configurations per Region',
    value: 2000,
    isAdjustable: true,
  },
  resourceGatewaysPerVpc: {
    code: 'L-8C309E64',
    name: 'Resource gateways per VPC',
    value: 500,
    isAdjustable: true,
  },
} satisfies Record<string, Quota>;

/** Quotas by service code. */
export const serviceQuotas: Record<string, { name: string; quotas: Quota[] }> =
  {
    'vpc-lattice': {
      name: 'Amazon VPC Lattice',
      quotas: Object.values(latticeQuotas),
    },
  };

/** A quota of VPC Lattice as it is applied to an account: AWS's default, or the account's own. */
export function quotaOf(
  context: { estate: Estate; accountId: string; region: string },
  name: keyof typeof latticeQuotas,
): Quota {
  return appliedQuota(context, 'vpc-lattice', latticeQuotas[name]);
}

/** The quota with the value that is in force for an account. */
export function appliedQuota(
  {
    estate,
    accountId,
    region,
  }: { estate: Estate; accountId: string; region: string },
  serviceCode: string,
  quota: Quota,
): Quota {
  const own = estate.appliedQuotas.get(
    `${accountId}/${region}/${serviceCode}/${quota.code}`,
  );
  return { ...quota, value: own?.value ?? quota.value };
}
