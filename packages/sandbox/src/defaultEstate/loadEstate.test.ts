import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Estate } from '../estate/Estate';
import { loadEstate } from './loadEstate';
import { readEstateFile } from './readEstateFile';

const now = Date.parse('2026-06-15T12:00:00Z');

async function load() {
  const estate = new Estate();
  const file = await readEstateFile();
  loadEstate({ file, estate, now });
  return { estate, file };
}

describe('the default estate', () => {
  it('is the same on every machine', async () => {
    const { estate } = await load();
    expect(estate.accounts.size).toBe(6);
    expect(estate.serviceNetworks.values()).toMatchObject([
      {
        arn: 'arn:aws:vpc-lattice:us-east-1:001122334455:servicenetwork/sn-015043593805c1ce3',
        authType: 'AWS_IAM',
      },
    ]);
    expect(
      estate.services.find(({ name }) => name === 'orders')?.dnsEntry,
    ).toEqual({
      domainName:
        'orders-0b52c3ce7f380acb9.7d67968.vpc-lattice-svcs.us-east-1.on.aws',
      hostedZoneId: 'Z09127221KTH2CFUOHIZH',
    });
  });

  it('holds no dangling reference', async () => {
    const { estate } = await load();
    const json = JSON.stringify([
      ...estate.rules.values(),
      ...estate.authPolicies.values(),
      ...estate.securityGroups.values(),
      ...estate.targetGroups.values(),
    ]);
    expect(json).not.toMatch(/[<>]|undefined/);
    const targetGroups = estate.rules
      .values()
      .flatMap(({ action }) =>
        'forward' in action ? action.forward.targetGroups : [],
      );
    for (const { targetGroupIdentifier } of targetGroups) {
      expect(estate.targetGroups.has(targetGroupIdentifier)).toBe(true);
    }
  });

  it('associates every VPC but legacy', async () => {
    const { estate } = await load();
    const associated = estate.vpcAssociations
      .values()
      .map(({ vpcId }) => estate.vpcs.get(vpcId)?.tags.Name);
    expect(associated).toEqual([
      'edge',
      'commerce',
      'payments',
      'analytics',
      'analytics-batch',
    ]);
  });

  it('has the portal roles in every account, for the shared-services account alone', async () => {
    const { estate } = await load();
    for (const name of ['reader', 'writer', 'provisioner']) {
      const roles = estate.roles.filter(
        role => role.name === `lattice-portal-${name}`,
      );
      expect(roles.map(role => role.accountId)).toEqual(
        estate.accounts.values().map(account => account.id),
      );
      expect(roles[0].trustPolicy.Statement).toEqual([
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::001122334455:root' },
          Action: 'sts:AssumeRole',
        },
      ]);
    }
  });

  it('tells the history of the policy of inventory', async () => {
    const { estate } = await load();
    const inventory = estate.services.find(
      service => service.name === 'inventory',
    )!;
    const events = estate.trailEvents
      .filter(event => event.resources[0].name === inventory.arn)
      .map(event => [
        event.time,
        String(event.requestParameters.policy).includes('batch-export'),
      ]);
    expect(events).toEqual([
      ['2026-05-16T12:00:00.000Z', false],
      ['2026-05-25T12:00:00.000Z', true],
      ['2026-06-14T13:00:00.000Z', false],
    ]);
    expect(estate.authPolicies.get(inventory.arn)?.policy).not.toContain(
      'batch-export',
    );
  });
});

describe('readEstateFile', () => {
  it.each([
    ['something that is no estate', 'region: 5', /region/],
    ['a reference to nothing', 'VALID', /refers to <vpc\.nowhere>/],
  ])('refuses %s', async (_name, text, message) => {
    const directory = await mkdtemp(join(tmpdir(), 'estate-'));
    const path = join(directory, 'estate.yaml');
    const minimal = `
region: us-east-1
organization: { id: o-1, managementAccount: a }
accounts: [{ id: '111111111111', name: a }]
vpcs: []
prefixLists: []
securityGroups: []
roles: [{ name: r, account: a, trust: [], policies: { p: { x: <vpc.nowhere> } } }]
serviceNetworks: []
targetGroups: []
services: []
`;
    await writeFile(path, text === 'VALID' ? minimal : text);
    await expect(readEstateFile(path)).rejects.toThrow(message);
  });
});
