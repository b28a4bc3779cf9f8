import assert from 'node:assert/strict';
import { denyLaunchRole } from '../lib/aws.mjs';
import { signIn } from '../lib/browser.mjs';
import { choose, create, next, openTemplate, review } from '../lib/form.mjs';
import { assertNothingLeft, inventoryOf } from '../lib/inventory.mjs';
import { waitForFailure, waitForSuccess } from '../lib/run.mjs';

const component = 'gift-cards';
const service = 'payments';

/** A component gets a client and its role the permission, and the other team is asked; it goes wrong once before. */
export async function callAnotherService({ portal, openPage }) {
  const before = await inventoryOf(portal);
  const page = await openPage();
  await signIn(page, 'Commerce owner', '/create');

  const giveBack = await denyLaunchRole(portal, {
    account: 'commerce',
    product: 'service-call',
    actions: ['iam:PutRolePolicy'],
  });
  await fillCallTemplate(page);
  const said = await waitForFailure(page);
  await giveBack();
  assert.match(said, /iam:PutRolePolicy/);
  assert.match(said, /ask the platform team/);
  await assertNothingLeft(portal, before);

  await fillCallTemplate(page);
  await waitForSuccess(page);
  await page.getByText('The owners of the policies decide').waitFor();
  await assertChange(portal);
  await page.getByRole('link', { name: 'Access request' }).click();
  await page.getByText('waits for the owners').waitFor();
  await page.getByText('Gift cards are paid for').first().waitFor();
}

/** The client is on a branch of its own, and not in what is deployed. */
async function assertChange(portal) {
  const file = branch =>
    fetch(
      `${portal.baseUrl}/api/lattice-git/${component}/blob/${branch}/docs/call-${service}.md`,
    );
  assert.equal((await file(`call-${service}`)).status, 200);
  assert.equal((await file('main')).status, 404);
}

async function fillCallTemplate(page) {
  await openTemplate(page, 'lattice-call-service');
  await page.getByLabel(/^Component/).fill(component);
  await page.getByRole('option', { name: component }).first().click();
  await page.getByText('commerce (223344556677)').first().waitFor();
  await choose(page, 'Role', /FunctionRole/);
  await next(page);
  await choose(page, 'Service', service);
  await page.getByLabel(/^Reason/).fill('Gift cards are paid for');
  await next(page);
  await choose(page, 'VPC', 'commerce');
  await next(page);
  await page.getByText('You may create something in account').waitFor();
  await review(page);
  await create(page);
}
