import { ACMClient, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import { EC2Client, paginateDescribeSubnets } from '@aws-sdk/client-ec2';
import { GetHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import {
  paginateListAWSDefaultServiceQuotas,
  paginateListServiceQuotas,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import {
  paginateListServiceNetworks,
  paginateListServiceNetworkServiceAssociations,
  paginateListServiceNetworkVpcAssociations,
  paginateListServices,
  paginateListTargetGroups,
  VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import { toError } from '@backstage/errors';
import { parseArn } from '@lattice-portal/plugin-lattice-common';
import type { AwsAccess } from '@lattice-portal/plugin-lattice-node';
import { allOf } from '../allOf';
import type {
  Certificate,
  KnownService,
  LaunchFacts,
  Quota,
} from './LaunchFacts';
import type { LaunchRequest } from './LaunchRequest';
import { type Reading, reading } from './Reading';

type ReadOptions = { aws: AwsAccess; request: LaunchRequest };

/**
 * Asks AWS, all at once and in the reader role, for what the launch could collide with. Never throws: what can't be
 * read is kept as unreadable.
 */
export async function readLaunchFacts(
  options: ReadOptions,
): Promise<LaunchFacts> {
  const { serviceName, serviceNetworkArn, customDomainName } = options.request;
  const { certificateArn, hostedZoneId, vpcId, subnetIds, vpcAssociation } =
    options.request;
  const [
    services,
    targetGroupCount,
    serviceNetworkArns,
    associatedServices,
    vpcAssociations,
    certificate,
    hostedZoneName,
    subnets,
    quotas,
    networkQuotas,
  ] = await Promise.all([
    when(serviceName ?? customDomainName, () => readServices(options)),
    when(serviceName, () => countTargetGroups(options)),
    when(serviceNetworkArn, () => readServiceNetworks(options)),
    when(serviceNetworkArn && (serviceName ?? customDomainName), () =>
      readAssociatedServices(options),
    ),
    when(vpcId && vpcAssociation, () => readVpcAssociations(options)),
    when(certificateArn, () => readCertificate(options)),
    when(hostedZoneId, () => readHostedZone(options)),
    when(subnetIds.length > 0, () => readSubnets(options)),
    when(serviceName, () => readQuotas(options)),
    when(serviceName && serviceNetworkArn, () =>
      readQuotas({
        ...options,
        accountId: parseArn(serviceNetworkArn ?? '')?.accountId,
      }),
    ),
  ]);
  return {
    services,
    targetGroupCount,
    serviceNetworkArns,
    associatedServices,
    vpcAssociations,
    certificate,
    hostedZoneName,
    subnets,
    quotas,
    networkQuotas,
  };
}

async function when<T>(
  needed: unknown,
  read: () => Promise<T>,
): Promise<Reading<T> | undefined> {
  return needed ? reading(read) : undefined;
}

async function readServices(options: ReadOptions): Promise<KnownService[]> {
  const { accountId } = options.request;
  const services = await allOf(
    paginateListServices({ client: lattice(options) }, {}),
    page => page.items,
  );
  // The list has services that are shared with the account as well.
  return services
    .map(({ arn = '', name = '', customDomainName }) => ({
      arn,
      name,
      customDomainName,
    }))
    .filter(({ arn }) => parseArn(arn)?.accountId === accountId);
}

async function countTargetGroups(options: ReadOptions): Promise<number> {
  const groups = await allOf(
    paginateListTargetGroups({ client: lattice(options) }, {}),
    page => page.items,
  );
  return groups.length;
}

async function readServiceNetworks(options: ReadOptions): Promise<string[]> {
  const networks = await allOf(
    paginateListServiceNetworks({ client: lattice(options) }, {}),
    page => page.items,
  );
  return networks.map(({ arn = '' }) => arn);
}

async function readAssociatedServices(
  options: ReadOptions,
): Promise<KnownService[]> {
  const associations = await allOf(
    paginateListServiceNetworkServiceAssociations(
      { client: lattice(options) },
      { serviceNetworkIdentifier: options.request.serviceNetworkArn },
    ),
    page => page.items,
  );
  return associations.map(
    ({ serviceArn: arn = '', serviceName: name = '', customDomainName }) => ({
      arn,
      name,
      customDomainName,
    }),
  );
}

async function readVpcAssociations(
  options: ReadOptions,
): Promise<{ arn: string; serviceNetworkArn: string; status: string }[]> {
  const associations = await allOf(
    paginateListServiceNetworkVpcAssociations(
      { client: lattice(options) },
      { vpcIdentifier: options.request.vpcId },
    ),
    page => page.items,
  );
  return associations.map(
    ({ arn = '', serviceNetworkArn = '', status = 'unknown' }) => ({
      arn,
      serviceNetworkArn,
      status,
    }),
  );
}

async function readCertificate(
  options: ReadOptions,
): Promise<Certificate | undefined> {
  const client = clientOf(options, ACMClient);
  try {
    const { Certificate: found } = await client.send(
      new DescribeCertificateCommand({
        CertificateArn: options.request.certificateArn,
      }),
    );
    const names = [
      found?.DomainName ?? '',
      ...(found?.SubjectAlternativeNames ?? []),
    ];
    return {
      status: found?.Status ?? 'unknown',
      domainNames: [
        ...new Set(names.filter(Boolean).map(name => name.toLowerCase())),
      ],
    };
  } catch (error) {
    return undefinedIf(error, 'ResourceNotFoundException');
  }
}

async function readHostedZone(
  options: ReadOptions,
): Promise<string | undefined> {
  const client = clientOf(options, Route53Client);
  try {
    const { HostedZone: zone } = await client.send(
      new GetHostedZoneCommand({ Id: options.request.hostedZoneId }),
    );
    return zone?.Name?.toLowerCase().replace(/\.$/, '');
  } catch (error) {
    return undefinedIf(error, 'NoSuchHostedZone');
  }
}

async function readSubnets(
  options: ReadOptions,
): Promise<{ id: string; vpcId: string }[]> {
  // By filter, as ids that aren't there make the whole call fail otherwise.
  const subnets = await allOf(
    paginateDescribeSubnets(
      { client: clientOf(options, EC2Client) },
      { Filters: [{ Name: 'subnet-id', Values: options.request.subnetIds }] },
    ),
    page => page.Subnets,
  );
  return subnets.map(({ SubnetId: id = '', VpcId: vpcId = '' }) => ({
    id,
    vpcId,
  }));
}

/**
 * Quotas that were never changed stand among AWS's defaults only.
 * https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_ListServiceQuotas.html
 */
async function readQuotas(
  options: ReadOptions & { accountId?: string },
): Promise<Quota[]> {
  const client = clientOf(options, ServiceQuotasClient);
  const of = { ServiceCode: 'vpc-lattice' };
  const [applied, defaults] = await Promise.all([
    allOf(paginateListServiceQuotas({ client }, of), page => page.Quotas),
    allOf(
      paginateListAWSDefaultServiceQuotas({ client }, of),
      page => page.Quotas,
    ),
  ]);
  const quotas = new Map<string, number>();
  for (const { QuotaName: name, Value: value } of [...defaults, ...applied]) {
    if (name !== undefined && value !== undefined) {
      quotas.set(name, value);
    }
  }
  return [...quotas].map(([name, value]) => ({ name, value }));
}

function lattice(options: ReadOptions): VPCLatticeClient {
  return clientOf(options, VPCLatticeClient);
}

function clientOf<T>(
  options: ReadOptions & { accountId?: string },
  type: Parameters<typeof options.aws.client<T>>[0]['type'],
): T {
  const { aws, request } = options;
  const { region } = request;
  const accountId = options.accountId ?? request.accountId;
  return aws.client({ type, accountId, region, role: 'reader' });
}

function undefinedIf(error: unknown, name: string): undefined {
  if (toError(error).name === name) {
    return undefined;
  }
  throw error;
}
