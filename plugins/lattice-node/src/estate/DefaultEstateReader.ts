import { ServiceUnavailableError } from '@backstage/errors';
import type { AccountEstate } from '@lattice-portal/plugin-lattice-common';
import type { AwsAccess } from '../aws/AwsAccess';
import type { LatticeConfig } from '../config/LatticeConfig';
import type { EstateReader } from '../ports/EstateReader';
import { EstateReading } from './EstateReading';
import { readAccessLogSubscriptions } from './parts/readAccessLogSubscriptions';
import { readResourceConfigurations } from './parts/readResourceConfigurations';
import { readResourceShares } from './parts/readResourceShares';
import { readRoles } from './parts/readRoles';
import { readServiceAssociations } from './parts/readServiceAssociations';
import { readServiceNetworks } from './parts/readServiceNetworks';
import { readServices } from './parts/readServices';
import { readTargetGroups } from './parts/readTargetGroups';
import { readVpcAssociations } from './parts/readVpcAssociations';
import { readVpcs } from './parts/readVpcs';

/** Calls to AWS that run at a time per account and region. */
const callsAtATime = 8;

/**
 * Reads an account and region with the portal's reader role.
 *
 * @public
 */
export class DefaultEstateReader implements EstateReader {
  static create(options: {
    aws: AwsAccess;
    config: LatticeConfig;
  }): DefaultEstateReader {
    const configured = options.config.accounts.map(
      account => account.accountId,
    );
    return new DefaultEstateReader(options.aws, new Set(configured));
  }

  private constructor(
    private readonly aws: AwsAccess,
    private readonly configured: ReadonlySet<string>,
  ) {}

  async read(options: {
    accountId: string;
    region: string;
    signal?: AbortSignal;
  }): Promise<AccountEstate> {
    const { accountId, region } = options;
    const { aws, configured } = this;
    // Without the role nothing can be read: say so once rather than as a gap for every part.
    await aws.credentials({ accountId, role: 'reader' })();
    const reading = new EstateReading({
      ...options,
      aws,
      configured,
      callsAtATime,
    });
    const [
      serviceNetworks,
      services,
      targetGroups,
      resourceShares,
      vpcs,
      roles,
      configurationArns,
    ] = await Promise.all([
      readServiceNetworks(reading),
      readServices(reading),
      readTargetGroups(reading),
      readResourceShares(reading),
      readVpcs(reading),
      readRoles(reading),
      readResourceConfigurations(reading),
    ]);
    if (
      !(serviceNetworks || services || targetGroups) &&
      !(resourceShares || vpcs || roles)
    ) {
      throw new ServiceUnavailableError(
        `Nothing of account ${accountId} in ${region} could be read: ${reading.gaps[0]?.reason}`,
      );
    }
    reading.noteConsequences({ serviceNetworks, services });
    const networkArns = (serviceNetworks ?? []).map(network => network.arn);
    const serviceArns = (services ?? []).map(service => service.arn);
    const ownArns = [...networkArns, ...serviceArns].filter(arn =>
      reading.owns(arn),
    );
    const [vpcAssociations, serviceAssociations, accessLogSubscriptions] =
      await Promise.all([
        readVpcAssociations(reading, networkArns),
        readServiceAssociations(reading, { networkArns, serviceArns }),
        readAccessLogSubscriptions(reading, [...ownArns, ...configurationArns]),
      ]);
    return {
      accountId,
      region,
      serviceNetworks: serviceNetworks ?? [],
      services: services ?? [],
      targetGroups: targetGroups ?? [],
      vpcAssociations,
      serviceAssociations,
      accessLogSubscriptions,
      resourceShares: resourceShares ?? [],
      vpcs: vpcs ?? [],
      roles: roles ?? [],
      gaps: reading.gaps,
    };
  }
}
