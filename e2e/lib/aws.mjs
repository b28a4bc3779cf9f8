import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../../scripts/lib/paths.mjs';
import { FOR_WORK } from './patience.mjs';

/** Finds the AWS SDK, which belongs to the packages that use it. */
const require = createRequire(join(root, 'packages/sandbox/package.json'));

export const acm = require('@aws-sdk/client-acm');
export const cloudFormation = require('@aws-sdk/client-cloudformation');
export const ec2 = require('@aws-sdk/client-ec2');
export const iam = require('@aws-sdk/client-iam');
export const lattice = require('@aws-sdk/client-vpc-lattice');
export const logs = require('@aws-sdk/client-cloudwatch-logs');
export const organizations = require('@aws-sdk/client-organizations');
export const ram = require('@aws-sdk/client-ram');
export const serviceCatalog = require('@aws-sdk/client-service-catalog');
export const sts = require('@aws-sdk/client-sts');
const { SignatureV4 } = require('@smithy/signature-v4');
const { Sha256 } = require('@aws-crypto/sha256-js');

const REGION = 'us-east-1';

/** The accounts of the default estate. */
export const accounts = {
  'shared-services': '001122334455',
  commerce: '223344556677',
  edge: '445566778899',
  payments: '556677889900',
  analytics: '667788990011',
  legacy: '778899001122',
};

/** A client of an account, as its root: for what a journey finds there, and for looking what it left. */
export function clientOf(portal, Client, account) {
  return new Client({
    endpoint: portal.sandboxUrl,
    region: REGION,
    credentials: {
      accessKeyId: `AKIA0000${accounts[account]}`,
      secretAccessKey: 'sandbox',
    },
  });
}

async function byHand(portal, what, body) {
  const response = await fetch(`${portal.sandboxUrl}/_sandbox/${what}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`The sandbox refused: ${await response.text()}`);
  }
}

/** Lets coming calls fail; see the README of the sandbox. */
export const failCalls = (portal, { account, ...fault }) =>
  byHand(portal, 'faults', { ...fault, accountId: accounts[account] });

/** Sets a quota of VPC Lattice; without a value, AWS's default. */
export const setQuota = (portal, { account, ...quota }) =>
  byHand(portal, 'quotas', { ...quota, accountId: accounts[account] });

/** Takes actions from the launch role of a product, and gives them back. */
export async function denyLaunchRole(portal, { account, product, actions }) {
  const client = clientOf(portal, iam.IAMClient, account);
  const policy = {
    RoleName: `lattice-portal-launch-${product}`,
    PolicyName: 'journey',
  };
  await client.send(
    new iam.PutRolePolicyCommand({
      ...policy,
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Action: actions, Resource: '*' }],
      }),
    }),
  );
  return () => client.send(new iam.DeleteRolePolicyCommand(policy));
}

/**
 * Takes all roles of the portal and its products from an account, so that they can be made anew, and gives them back.
 */
export async function takePortalRoles(portal, { account }) {
  const client = clientOf(portal, iam.IAMClient, account);
  const { Roles } = await client.send(new iam.ListRolesCommand({}));
  const taken = [];
  for (const role of Roles) {
    const { RoleName } = role;
    if (!RoleName.startsWith('lattice-portal-')) {
      continue;
    }
    const { PolicyNames } = await client.send(
      new iam.ListRolePoliciesCommand({ RoleName }),
    );
    const policies = [];
    for (const PolicyName of PolicyNames) {
      const policy = { RoleName, PolicyName };
      const { PolicyDocument } = await client.send(
        new iam.GetRolePolicyCommand(policy),
      );
      policies.push({
        ...policy,
        PolicyDocument: decodeURIComponent(PolicyDocument),
      });
      await client.send(new iam.DeleteRolePolicyCommand(policy));
    }
    await client.send(new iam.DeleteRoleCommand({ RoleName }));
    taken.push({ role, policies });
  }
  return async () => {
    for (const { role, policies } of taken) {
      const { RoleName, Path, AssumeRolePolicyDocument } = role;
      await client.send(
        new iam.CreateRoleCommand({
          RoleName,
          Path,
          AssumeRolePolicyDocument: decodeURIComponent(
            AssumeRolePolicyDocument,
          ),
        }),
      );
      for (const policy of policies) {
        await client.send(new iam.PutRolePolicyCommand(policy));
      }
    }
  };
}

/** Id of an organizational unit below the root. */
export async function findUnit(portal, name) {
  const client = clientOf(
    portal,
    organizations.OrganizationsClient,
    'shared-services',
  );
  const { Roots } = await client.send(new organizations.ListRootsCommand({}));
  const { OrganizationalUnits } = await client.send(
    new organizations.ListOrganizationalUnitsForParentCommand({
      ParentId: Roots[0].Id,
    }),
  );
  return OrganizationalUnits.find(unit => unit.Name === name).Id;
}

/** Ends a provisioned product, as the account's root, and waits until it is gone. */
export async function endProduct(portal, { account, name }) {
  const client = clientOf(portal, serviceCatalog.ServiceCatalogClient, account);
  await client.send(
    new serviceCatalog.TerminateProvisionedProductCommand({
      ProvisionedProductName: name,
      TerminateToken: name,
    }),
  );
  const deadline = Date.now() + FOR_WORK;
  for (;;) {
    const { ProvisionedProducts } = await client.send(
      new serviceCatalog.SearchProvisionedProductsCommand({
        AccessLevelFilter: { Key: 'Account', Value: 'self' },
      }),
    );
    if (!ProvisionedProducts.some(({ Name }) => Name === name)) {
      return;
    }
    assert.ok(Date.now() < deadline, `${name} is still there`);
    await sleep(500);
  }
}

/** The service of that name in an account, if there is one. */
export async function findService(portal, { account, name }) {
  const client = clientOf(portal, lattice.VPCLatticeClient, account);
  const { items } = await client.send(new lattice.ListServicesCommand({}));
  return items.find(service => service.name === name);
}

/** Puts a service into a service network, and takes it out again. */
export async function putIntoNetwork(portal, { account, service, network }) {
  const client = clientOf(portal, lattice.VPCLatticeClient, account);
  const { items } = await client.send(
    new lattice.ListServiceNetworksCommand({}),
  );
  const { arn } = await findService(portal, { account, name: service });
  const { id } = await client.send(
    new lattice.CreateServiceNetworkServiceAssociationCommand({
      serviceIdentifier: arn,
      serviceNetworkIdentifier: items.find(({ name }) => name === network).arn,
    }),
  );
  return () =>
    client.send(
      new lattice.DeleteServiceNetworkServiceAssociationCommand({
        serviceNetworkServiceAssociationIdentifier: id,
      }),
    );
}

/** The VPC of that name in an account. */
export async function findVpc(portal, { account, name = account }) {
  const client = clientOf(portal, ec2.EC2Client, account);
  const { Vpcs } = await client.send(new ec2.DescribeVpcsCommand({}));
  return Vpcs.find(({ Tags = [] }) =>
    Tags.some(({ Key, Value }) => Key === 'Name' && Value === name),
  );
}

/** Calls a service as a role from a VPC, signed; gives the status of the answer. */
export async function callService(portal, options) {
  const { account, role, vpc = account, service, method = 'GET' } = options;
  const { path = '/' } = options;
  const { Credentials } = await clientOf(portal, sts.STSClient, account).send(
    new sts.AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${accounts[account]}:role/${role}`,
      RoleSessionName: role,
    }),
  );
  const { VpcId } = await findVpc(portal, { account, name: vpc });
  const host = service.dnsEntry.domainName;
  const signer = new SignatureV4({
    service: 'vpc-lattice-svcs',
    region: REGION,
    sha256: Sha256,
    credentials: {
      accessKeyId: Credentials.AccessKeyId,
      secretAccessKey: Credentials.SecretAccessKey,
      sessionToken: Credentials.SessionToken,
    },
  });
  const { headers } = await signer.sign({
    method,
    protocol: 'https:',
    hostname: host,
    path,
    headers: { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
  });
  return statusOf(portal, {
    method,
    path,
    headers: { ...headers, 'x-sandbox-source-vpc': VpcId },
  });
}

/** By `node:http`, as `fetch` doesn't let a request have the Host of a service. */
async function statusOf(portal, { method, path, headers }) {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    const sent = request(
      `${portal.sandboxUrl}${path}`,
      { method, headers },
      response => {
        response.resume();
        response.on('end', () => resolve(response.statusCode));
      },
    );
    sent.on('error', reject);
    sent.end();
  });
}
