import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  accounts,
  clientOf,
  cloudFormation,
  ec2,
  iam,
  lattice,
  logs,
  ram,
  serviceCatalog,
} from './aws.mjs';
import { askAsPlatform } from './askAsPlatform.mjs';
import { FOR_WORK } from './patience.mjs';

/** What a template may leave in an account, by the kind of thing and how it is told. */
const KINDS = [
  {
    kind: 'stack',
    Client: cloudFormation.CloudFormationClient,
    Command: cloudFormation.DescribeStacksCommand,
    names: ({ Stacks }) => Stacks.map(stack => stack.StackName),
  },
  {
    kind: 'stack set',
    Client: cloudFormation.CloudFormationClient,
    Command: cloudFormation.ListStackSetsCommand,
    input: { Status: 'ACTIVE' },
    names: ({ Summaries }) => Summaries.map(set => set.StackSetName),
  },
  {
    kind: 'provisioned product',
    Client: serviceCatalog.ServiceCatalogClient,
    Command: serviceCatalog.SearchProvisionedProductsCommand,
    input: { AccessLevelFilter: { Key: 'Account', Value: 'self' } },
    names: ({ ProvisionedProducts }) => ProvisionedProducts.map(p => p.Name),
  },
  {
    kind: 'service',
    Client: lattice.VPCLatticeClient,
    Command: lattice.ListServicesCommand,
    names: namesOfItems,
  },
  {
    kind: 'service network',
    Client: lattice.VPCLatticeClient,
    Command: lattice.ListServiceNetworksCommand,
    names: namesOfItems,
  },
  {
    kind: 'target group',
    Client: lattice.VPCLatticeClient,
    Command: lattice.ListTargetGroupsCommand,
    names: namesOfItems,
  },
  {
    kind: 'security group',
    Client: ec2.EC2Client,
    Command: ec2.DescribeSecurityGroupsCommand,
    names: ({ SecurityGroups }) =>
      SecurityGroups.map(
        ({ GroupName, IpPermissions, IpPermissionsEgress }) =>
          `${GroupName} with ${IpPermissions.length} in, ${IpPermissionsEgress.length} out`,
      ),
  },
  {
    kind: 'VPC endpoint',
    Client: ec2.EC2Client,
    Command: ec2.DescribeVpcEndpointsCommand,
    names: ({ VpcEndpoints }) => VpcEndpoints.map(e => e.VpcEndpointId),
  },
  {
    kind: 'role',
    Client: iam.IAMClient,
    Command: iam.ListRolesCommand,
    names: ({ Roles }) => Roles.map(role => role.RoleName),
  },
  {
    kind: 'log group',
    Client: logs.CloudWatchLogsClient,
    Command: logs.DescribeLogGroupsCommand,
    names: ({ logGroups }) => logGroups.map(group => group.logGroupName),
  },
  {
    kind: 'resource share',
    Client: ram.RAMClient,
    Command: ram.GetResourceSharesCommand,
    input: { resourceOwner: 'SELF' },
    names: ({ resourceShares }) =>
      resourceShares
        .filter(({ status }) => status !== 'DELETED')
        .map(share => share.name),
  },
];

function namesOfItems({ items }) {
  return items.map(item => item.name);
}

async function inventoryOfAccount(portal, account) {
  const lists = await Promise.all(
    KINDS.map(async ({ kind, Client, Command, input = {}, names }) => {
      const client = clientOf(portal, Client, account);
      const output = await client.send(new Command(input));
      return names(output).map(name => `${account}: ${kind} ${name}`);
    }),
  );
  const client = clientOf(portal, lattice.VPCLatticeClient, account);
  const { items: networks } = await client.send(
    new lattice.ListServiceNetworksCommand({}),
  );
  const associations = await Promise.all(
    networks.map(async ({ name, arn }) => {
      const { items } = await client.send(
        new lattice.ListServiceNetworkVpcAssociationsCommand({
          serviceNetworkIdentifier: arn,
        }),
      );
      return items.map(item => `${account}: ${item.vpcId} in ${name}`);
    }),
  );
  return [...lists, ...associations].flat();
}

/** Entities of the catalog, without those that the estate brings and takes by itself, a little later. */
async function catalogOf(portal) {
  const response = await askAsPlatform(
    portal,
    'catalog/entities?fields=kind,metadata.name,metadata.annotations',
  );
  const entities = await response.json();
  return entities
    .filter(({ metadata }) =>
      /^(file|url):/.test(
        metadata.annotations?.['backstage.io/managed-by-origin-location'] ?? '',
      ),
    )
    .map(({ kind, metadata }) => `catalog: ${kind} ${metadata.name}`);
}

/** Names of the repositories that the portal keeps; archived ones are told as such. */
async function repositoriesOf(portal) {
  const page = await fetch(`${portal.baseUrl}/api/lattice-git`).then(response =>
    response.text(),
  );
  const names = [...page.matchAll(/href="[^"]*\/api\/lattice-git\/([^"/]+)"/g)];
  return Promise.all(
    names.map(async ([, name]) => {
      const text = await fetch(
        `${portal.baseUrl}/api/lattice-git/${name}`,
      ).then(response => response.text());
      return /archived/i.test(text)
        ? `archived repository ${name}`
        : `repository ${name}`;
    }),
  );
}

/** All that the accounts, the catalog and the repositories hold of what templates make. */
export async function inventoryOf(portal) {
  const lists = await Promise.all([
    ...Object.keys(accounts).map(account =>
      inventoryOfAccount(portal, account),
    ),
    catalogOf(portal),
    repositoriesOf(portal),
  ]);
  return lists.flat().sort();
}

/** Waits until there is again what there was, and but for what is said nothing else. */
export async function assertNothingLeft(portal, before, { but = [] } = {}) {
  const expected = [...before, ...but].sort();
  const deadline = Date.now() + FOR_WORK;
  let now = await inventoryOf(portal);
  while (Date.now() < deadline && String(now) !== String(expected)) {
    await sleep(1_000);
    now = await inventoryOf(portal);
  }
  assert.deepEqual(
    {
      left: now.filter(item => !expected.includes(item)),
      missing: expected.filter(item => !now.includes(item)),
    },
    { left: [], missing: [] },
  );
}
