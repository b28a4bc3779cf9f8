import {
  type AccountEstate,
  parseArn,
  type Service,
} from '@lattice-portal/plugin-lattice-common';
import type { Knex } from 'knex';
import { DatabaseEstateStore } from '../src/database/DatabaseEstateStore';

const REGION = 'eu-central-1';
/** The network that all calls of the day go over. */
export const NETWORK_ARN =
  'arn:aws:vpc-lattice:eu-central-1:100000000001:servicenetwork/sn-0a1b2c3d4e5f60718';

/**
 * Keeps the services that were called as the portal would have read them.
 */
export async function saveEstates(knex: Knex): Promise<void> {
  const rows = await knex('outcomes_5m').distinct('service_arn');
  const store = DatabaseEstateStore.create({ knex });
  for (const estate of estatesOf(rows.map(row => row.service_arn))) {
    await store.saveRead({ estate, at: Date.now() });
  }
}

/** Services by account. */
export function estatesOf(serviceArns: string[]): AccountEstate[] {
  const byAccount = new Map<string, Service[]>();
  for (const [index, arn] of serviceArns.entries()) {
    const { accountId, resource } = parseArn(arn)!;
    const services = byAccount.get(accountId) ?? [];
    services.push({
      arn,
      id: resource.slice(resource.indexOf('/') + 1),
      name: `service-${index}`,
      accountId,
      region: REGION,
      tags: {},
      authType: 'AWS_IAM',
      authPolicy: { status: 'read', document: policyOf(arn) },
      listeners: [],
    });
    byAccount.set(accountId, services);
  }
  return [...byAccount].map(([accountId, services]) => ({
    accountId,
    region: REGION,
    serviceNetworks: [],
    services,
    targetGroups: [],
    vpcAssociations: [],
    serviceAssociations: services.map(({ arn, id }) => ({
      arn: arn.replace('service/', 'servicenetworkserviceassociation/'),
      id,
      accountId,
      serviceArn: arn,
      serviceNetworkArn: NETWORK_ARN,
      status: 'ACTIVE',
    })),
    accessLogSubscriptions: [],
    resourceShares: [],
    vpcs: [],
    roles: [],
    gaps: [],
  }));
}

function policyOf(arn: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: '*', Action: '*', Resource: `${arn}/*` },
    ],
  });
}
