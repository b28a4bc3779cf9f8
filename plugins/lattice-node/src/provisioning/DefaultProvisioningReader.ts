import { ACMClient, paginateListCertificates } from '@aws-sdk/client-acm';
import {
  EC2Client,
  paginateDescribeManagedPrefixLists,
  paginateDescribeSubnets,
  paginateDescribeVpcs,
  type Tag,
} from '@aws-sdk/client-ec2';
import {
  paginateListHostedZones,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { paginateListBuckets, S3Client } from '@aws-sdk/client-s3';
import {
  paginateListServiceQuotas,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import {
  ListTagsForResourceCommand,
  paginateListServiceNetworks,
  paginateListServiceNetworkVpcAssociations,
  VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import { stringifyError } from '@backstage/errors';
import {
  parseArn,
  type ProvisioningCertificate,
  type ProvisioningHostedZone,
  type ProvisioningNetwork,
  type ProvisioningPrefixList,
  type ProvisioningSubnet,
  type ProvisioningVpc,
  type VpcAssociationState,
} from '@lattice-portal/plugin-lattice-common';
import type { AwsAccess, AwsClientOptions } from '../aws/AwsAccess';
import { partitionOf } from '../aws/partitionOf';
import { allItems } from '../estate/EstateReading';
import { Limiter } from '../estate/Limiter';
import type {
  LatticeQuota,
  ProvisioningReader,
  ReadPlace,
} from '../ports/ProvisioningReader';

const callsAtATime = 8;

/**
 * Reads with the reader role of the account.
 *
 * @public
 */
export class DefaultProvisioningReader implements ProvisioningReader {
  static create(options: { aws: AwsAccess }): DefaultProvisioningReader {
    return new DefaultProvisioningReader(options.aws);
  }

  private constructor(private readonly aws: AwsAccess) {}

  async networks(place: ReadPlace): Promise<ProvisioningNetwork[]> {
    const networks = await allItems(
      paginateListServiceNetworks(
        { client: this.client(VPCLatticeClient, place) },
        {},
      ),
      page => page.items,
    );
    return networks.map(({ arn = '', name }) => ({
      arn,
      name: name ?? arn,
      accountId: parseArn(arn)?.accountId ?? '',
      region: place.region,
    }));
  }

  async vpcs(place: ReadPlace): Promise<ProvisioningVpc[]> {
    const client = this.client(EC2Client, place);
    const vpcs = await allItems(
      paginateDescribeVpcs({ client }, {}),
      page => page.Vpcs,
    );
    const limiter = Limiter.create({ limit: callsAtATime });
    return Promise.all(
      vpcs.map(async vpc => ({
        id: vpc.VpcId ?? '',
        name: nameOf(vpc.Tags),
        cidrBlock: vpc.CidrBlock,
        ownerAccountId: vpc.OwnerId,
        association: await limiter.run(() =>
          this.associationOf(place, vpc.VpcId ?? ''),
        ),
      })),
    );
  }

  async subnets(
    place: ReadPlace & { vpcId: string },
  ): Promise<ProvisioningSubnet[]> {
    const subnets = await allItems(
      paginateDescribeSubnets(
        { client: this.client(EC2Client, place) },
        { Filters: [{ Name: 'vpc-id', Values: [place.vpcId] }] },
      ),
      page => page.Subnets,
    );
    return subnets.map(subnet => ({
      id: subnet.SubnetId ?? '',
      vpcId: subnet.VpcId ?? place.vpcId,
      name: nameOf(subnet.Tags),
      cidrBlock: subnet.CidrBlock,
      availabilityZone: subnet.AvailabilityZone,
      availabilityZoneId: subnet.AvailabilityZoneId,
      availableAddresses: subnet.AvailableIpAddressCount,
    }));
  }

  async prefixLists(place: ReadPlace): Promise<ProvisioningPrefixList[]> {
    const { region } = place;
    const lists = await allItems(
      paginateDescribeManagedPrefixLists(
        { client: this.client(EC2Client, place) },
        {
          Filters: [
            {
              Name: 'prefix-list-name',
              // https://docs.aws.amazon.com/vpc-lattice/latest/ug/security-groups.html
              Values: [
                `com.amazonaws.${region}.vpc-lattice`,
                `com.amazonaws.${region}.ipv6.vpc-lattice`,
              ],
            },
          ],
        },
      ),
      page => page.PrefixLists,
    );
    return lists.map(list => ({
      id: list.PrefixListId ?? '',
      name: list.PrefixListName ?? '',
      addressFamily: list.AddressFamily,
    }));
  }

  async certificates(place: ReadPlace): Promise<ProvisioningCertificate[]> {
    const summaries = await allItems(
      paginateListCertificates(
        { client: this.client(ACMClient, place) },
        {
          CertificateStatuses: ['ISSUED', 'PENDING_VALIDATION'],
          // Without them ACM lists RSA keys up to 2,048 bits only.
          Includes: {
            keyTypes: [
              'RSA_2048',
              'RSA_3072',
              'RSA_4096',
              'EC_prime256v1',
              'EC_secp384r1',
              'EC_secp521r1',
            ],
          },
        },
      ),
      page => page.CertificateSummaryList,
    );
    return summaries.map(summary => ({
      arn: summary.CertificateArn ?? '',
      domainNames: [
        ...new Set([
          ...(summary.DomainName ? [summary.DomainName] : []),
          ...(summary.SubjectAlternativeNameSummaries ?? []),
        ]),
      ],
      status: summary.Status ?? 'unknown',
      expiresAt: summary.NotAfter?.toISOString(),
    }));
  }

  async hostedZones(place: ReadPlace): Promise<ProvisioningHostedZone[]> {
    const zones = await allItems(
      paginateListHostedZones(
        { client: this.client(Route53Client, place) },
        {},
      ),
      page => page.HostedZones,
    );
    return zones.map(zone => ({
      id: (zone.Id ?? '').replace('/hostedzone/', ''),
      name: (zone.Name ?? '').replace(/\.$/, ''),
      isPrivate: zone.Config?.PrivateZone ?? false,
    }));
  }

  async buckets(place: ReadPlace): Promise<string[]> {
    const buckets = await allItems(
      paginateListBuckets({ client: this.client(S3Client, place) }, {}),
      page => page.Buckets,
    );
    return buckets.flatMap(({ Name }) =>
      Name ? [`arn:${partitionOf(place.region)}:s3:::${Name}`] : [],
    );
  }

  async quotas(place: ReadPlace): Promise<LatticeQuota[]> {
    const quotas = await allItems(
      paginateListServiceQuotas(
        { client: this.client(ServiceQuotasClient, place) },
        { ServiceCode: 'vpc-lattice' },
      ),
      page => page.Quotas,
    );
    return quotas.flatMap(({ QuotaName: name, Value: value }) =>
      name !== undefined && value !== undefined ? [{ name, value }] : [],
    );
  }

  /** A VPC has one association at most. https://docs.aws.amazon.com/vpc-lattice/latest/ug/quotas.html */
  async tags(
    place: ReadPlace & { arn: string },
  ): Promise<Record<string, string>> {
    const { tags = {} } = await this.client(VPCLatticeClient, place).send(
      new ListTagsForResourceCommand({ resourceArn: place.arn }),
    );
    return tags;
  }

  private async associationOf(
    place: ReadPlace,
    vpcId: string,
  ): Promise<VpcAssociationState> {
    try {
      const [association] = await allItems(
        paginateListServiceNetworkVpcAssociations(
          { client: this.client(VPCLatticeClient, place) },
          { vpcIdentifier: vpcId },
        ),
        page => page.items,
      );
      return association
        ? {
            status: 'associated',
            associationArn: association.arn,
            serviceNetworkArn: association.serviceNetworkArn ?? '',
            serviceNetworkName: association.serviceNetworkName,
            associationStatus: association.status ?? 'unknown',
          }
        : { status: 'none' };
    } catch (error) {
      return { status: 'unknown', reason: stringifyError(error) };
    }
  }

  private client<T>(
    type: new (options: AwsClientOptions) => T,
    { accountId, region }: ReadPlace,
  ): T {
    return this.aws.client({ type, accountId, region, role: 'reader' });
  }
}

function nameOf(tags: Tag[] | undefined): string | undefined {
  return tags?.find(({ Key }) => Key === 'Name')?.Value || undefined;
}
