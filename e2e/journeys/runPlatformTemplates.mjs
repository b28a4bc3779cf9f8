import assert from 'node:assert/strict';
import {
  clientOf,
  denyLaunchRole,
  failCalls,
  serviceCatalog,
} from '../lib/aws.mjs';
import { signIn } from '../lib/browser.mjs';
import {
  choose,
  create,
  next,
  openTemplate,
  ownerIsChosen,
  review,
} from '../lib/form.mjs';
import {
  assertNothingLeft,
  inventoryOf,
  unregister,
} from '../lib/inventory.mjs';
import { waitForFailure, waitForSuccess } from '../lib/run.mjs';

/** A service network: refused by its launch role first, then made; it is on the map, and goes with its product. */
export async function makeAServiceNetwork({ portal, openPage }) {
  const before = await inventoryOf(portal);
  const page = await openPage();
  await signIn(page, 'Platform engineer', '/create');

  const giveBack = await denyLaunchRole(portal, {
    account: 'shared-services',
    product: 'service-network',
    actions: ['vpc-lattice:CreateServiceNetwork'],
  });
  await fillNetworkTemplate(page, { name: 'partners-one' });
  const said = await waitForFailure(page);
  assert.match(said, /vpc-lattice:CreateServiceNetwork/);
  assert.match(said, /ask the platform team/);
  await giveBack();
  await assertNothingLeft(portal, before);

  await fillNetworkTemplate(page, { name: 'partners' });
  await waitForSuccess(page);
  await page.goto('/lattice/map');
  await page.getByText('partners', { exact: true }).first().waitFor();
  await remove(portal, {
    account: 'shared-services',
    name: 'network-partners',
  });
  await unregister(portal, 'network-partners');
  await assertNothingLeft(portal, before, {
    but: ['repository network-partners'],
  });
}

/** A VPC joins by an association and by an endpoint, after each went wrong. */
export async function joinAVpc({ portal, openPage }) {
  const before = await inventoryOf(portal);
  const page = await openPage();
  await signIn(page, 'Platform engineer', '/create');

  await fillJoinTemplate(page, { clients: 'sg-0123456789abcdef0' });
  const unknown = await waitForFailure(page);
  assert.match(unknown, /sg-0123456789abcdef0/);
  assert.match(unknown, /then start over/);
  await assertNothingLeft(portal, before);

  await fillJoinTemplate(page, {});
  await waitForSuccess(page);
  await removeAll(portal, 'legacy');
  await assertNothingLeft(portal, before);

  await failCalls(portal, {
    account: 'legacy',
    service: 'ec2',
    operation: 'CreateVpcEndpoint',
    code: 'throttling',
    times: 6,
  });
  await fillJoinTemplate(page, { way: 'Endpoint' });
  const throttled = await waitForFailure(page);
  assert.match(throttled, /start over in a few minutes/);
  await assertNothingLeft(portal, before);

  await fillJoinTemplate(page, { way: 'Endpoint' });
  await waitForSuccess(page);
  await removeAll(portal, 'legacy');
  await assertNothingLeft(portal, before);
}

async function fillNetworkTemplate(page, { name }) {
  await openTemplate(page, 'lattice-service-network');
  await page.getByLabel(/^Name/).fill(name);
  await page.getByLabel(/^Description/).fill('For partners');
  await ownerIsChosen(page);
  await choose(page, 'Account', 'shared-services');
  await next(page);
  await page.getByLabel(/^Organization/).fill('o-lattice01');
  await next(page);
  await page.getByText('Share with').first().waitFor();
  await next(page);
  await page.getByText('Days in the bucket').first().waitFor();
  await next(page);
  await page.getByText('You may create something in account').waitFor();
  await review(page);
  await create(page);
}

async function fillJoinTemplate(page, { way, clients }) {
  await openTemplate(page, 'lattice-join-vpc');
  await ownerIsChosen(page);
  await choose(page, 'Account', 'legacy');
  await page.getByText('company').first().waitFor();
  if (way) {
    await page.getByLabel(/^Way in/).click();
    await page.getByRole('option', { name: way }).click();
  }
  await choose(page, 'VPC', 'legacy');
  if (way) {
    await choose(page, 'Subnets', 'private-a', 'private-b');
  }
  await next(page);
  await page.getByText('Security groups of clients').first().waitFor();
  if (clients) {
    await page
      .getByRole('button', { name: /add item/i })
      .first()
      .click();
    await page.getByRole('textbox').first().fill(clients);
  }
  await next(page);
  await page.getByText('You may create something in account').waitFor();
  await review(page);
  await create(page);
}

/** As the account's root: no template takes these away. */
async function remove(portal, { account, name }) {
  await clientOf(portal, serviceCatalog.ServiceCatalogClient, account).send(
    new serviceCatalog.TerminateProvisionedProductCommand({
      ProvisionedProductName: name,
      TerminateToken: name,
    }),
  );
}

async function removeAll(portal, account) {
  const client = clientOf(portal, serviceCatalog.ServiceCatalogClient, account);
  const { ProvisionedProducts } = await client.send(
    new serviceCatalog.SearchProvisionedProductsCommand({
      AccessLevelFilter: { Key: 'Account', Value: 'self' },
    }),
  );
  for (const { Name } of ProvisionedProducts) {
    await remove(portal, { account, name: Name });
  }
}
