import { stableId, stableUuid } from './identifiers';
import type { LoadContext } from './LoadContext';

/** Puts hosted zones, certificates, EKS clusters and quotas. */
export function putPlatform(context: LoadContext): void {
  const { estate, file } = context;
  const createdAt = context.time('-90d');
  for (const { name, account } of file.hostedZones) {
    const id = `Z${stableId('zone', name).slice(-16).toUpperCase()}`;
    estate.hostedZones.put(id, {
      id,
      accountId: context.accountId(account),
      name: `${name}.`,
      isPrivate: false,
      vpcIds: [],
      recordSets: [],
      tags: context.tags(account),
    });
  }
  for (const { name, account, domain, alternativeNames } of file.certificates) {
    const id = stableUuid(`certificate/${name}`);
    const arn = context.arn('acm', account, `certificate/${id}`);
    estate.certificates.put(arn, {
      ...context.owned(account),
      arn,
      domainName: domain,
      alternativeNames: [domain, ...alternativeNames],
      validationMethod: 'DNS',
      isIssued: true,
      keyAlgorithm: 'RSA_2048',
      tags: { ...context.tags(account), Name: name },
      createdAt,
    });
  }
  for (const {
    name,
    account,
    vpc,
    version,
    securityGroup,
    controllerRole,
  } of file.eksClusters) {
    const arn = context.arn('eks', account, `cluster/${name}`);
    const { id: vpcId } = context.vpc(vpc);
    const host = stableUuid(`cluster/${name}`).replaceAll('-', '');
    estate.eksClusters.put(arn, {
      ...context.owned(account),
      arn,
      name,
      version,
      endpoint: `https://${host.toUpperCase()}.gr7.${
        file.region
      }.eks.amazonaws.com`,
      roleArn: `arn:aws:iam::${context.accountId(account)}:role/eks-${name}`,
      vpcId,
      subnetIds: estate.subnets
        .filter(subnet => subnet.vpcId === vpcId)
        .map(({ id }) => id),
      securityGroupId: context.securityGroupId(securityGroup),
      controllerRoleArn:
        controllerRole &&
        `arn:aws:iam::${context.accountId(account)}:role/${controllerRole}`,
      tags: context.tags(account),
      createdAt,
    });
  }
  for (const { account, service, code, value } of file.quotas) {
    const owned = context.owned(account);
    estate.appliedQuotas.put(
      `${owned.accountId}/${owned.region}/${service}/${code}`,
      { ...owned, serviceCode: service, quotaCode: code, value },
    );
  }
}
