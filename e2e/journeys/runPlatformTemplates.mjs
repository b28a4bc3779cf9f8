import assert from 'node:assert/strict';
import {
  endProduct,
  findUnit,
  findVpc,
  putIntoNetwork,
  takePortalRoles,
} from '../lib/aws.mjs';
import { entityIsThere } from '../lib/askAsPlatform.mjs';
import { signIn } from '../lib/browser.mjs';
import {
  fillAccountRolesTemplate,
  fillJoinTemplate,
  fillLeaveTemplate,
  fillNetworkTemplate,
  fillRetireNetworkTemplate,
} from '../lib/fillPlatformTemplates.mjs';
import { assertNothingLeft, inventoryOf } from '../lib/inventory.mjs';
import { assertLogged, waitForFailure, waitForSuccess } from '../lib/run.mjs';

const SHOW = /Show who would lose access/;
const UNLESS_USED = /unless somebody would lose access/;

/**
 * A service network: made, on the map, the same when made again, changed by other answers, refused to go while a
 * service is in it, and retired.
 */
export async function makeAServiceNetwork({ portal, openPage }) {
  const before = await inventoryOf(portal);
  const page = await openPage();
  await signIn(page, 'Platform engineer', '/create');

  await fillNetworkTemplate(page, { name: 'partners' });
  await waitForSuccess(page);
  await page.goto('/lattice/map');
  await page
    .getByText('partners', { exact: true })
    .filter({ visible: true })
    .first()
    .waitFor();
  await fillNetworkTemplate(page, { name: 'partners' });
  await waitForSuccess(page);
  await assertLogged(portal, page, /network-partners is so already/);
  await fillNetworkTemplate(page, { name: 'partners', days: '7' });
  await waitForSuccess(page);
  await assertLogged(portal, page, /network-partners is updated/);

  await entityIsThere(portal, 'resource/default/partners');
  const takeOut = await putIntoNetwork(portal, {
    account: 'commerce',
    service: 'orders',
    network: 'partners',
  });
  await fillRetireNetworkTemplate(page, { name: 'partners', forGood: true });
  const refused = await waitForFailure(page);
  assert.match(refused, /In it are service orders of account 223344556677/);
  assert.match(refused, /Nothing was removed/);
  await takeOut();

  await fillRetireNetworkTemplate(page, { name: 'partners' });
  await waitForSuccess(page);
  await page.getByText('What would go').waitFor();
  await page
    .getByText(/stays with all access logs/)
    .first()
    .waitFor();
  await fillRetireNetworkTemplate(page, { name: 'partners', forGood: true });
  await waitForSuccess(page);
  await page.getByText('What is gone').waitFor();
  assert.equal(await page.getByText('(left)').count(), 0, 'nothing is left');
  await assertNothingLeft(portal, before, {
    but: ['archived repository network-partners'],
  });
}

/** A VPC joins by an association and by an endpoint, twice each, and is taken out again. */
export async function joinAVpc({ portal, openPage }) {
  const before = await inventoryOf(portal);
  const page = await openPage();
  await signIn(page, 'Platform engineer', '/create');
  const { VpcId: vpcId } = await findVpc(portal, { account: 'legacy' });

  for (const way of [undefined, 'Endpoint']) {
    await fillJoinTemplate(page, { way });
    await waitForSuccess(page);
    await fillJoinTemplate(page, { way });
    await waitForSuccess(page);
    await assertLogged(portal, page, /is so already/);
    await fillLeaveTemplate(page, { way, vpcId, what: SHOW });
    await waitForSuccess(page);
    await page.getByText(`Nobody called from ${vpcId}`).first().waitFor();
    await fillLeaveTemplate(page, { way, vpcId, what: UNLESS_USED });
    await waitForSuccess(page);
    await page
      .getByText(/is removed from account/)
      .first()
      .waitFor();
    await assertNothingLeft(portal, before);
  }
}

/** The portal's roles, in the accounts of a unit: made by a stack set, and the same when made again. */
export async function makeAccountRoles({ portal, openPage }) {
  const before = await inventoryOf(portal);
  const page = await openPage();
  await signIn(page, 'Platform engineer', '/create');
  const unit = await findUnit(portal, 'infrastructure');

  const giveBack = await takePortalRoles(portal, { account: 'edge' });
  try {
    await fillAccountRolesTemplate(page, { unit });
    await waitForSuccess(page);
    await fillAccountRolesTemplate(page, { unit });
    await waitForSuccess(page);
    await assertLogged(portal, page, /lattice-account-roles is so already/);
    // No template takes the roles away: the portal could not work without them.
    await endProduct(portal, {
      account: 'shared-services',
      name: 'lattice-account-roles',
    });
  } finally {
    await giveBack();
  }
  await assertNothingLeft(portal, before);
}
