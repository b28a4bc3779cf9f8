import assert from 'node:assert/strict';
import { signIn } from '../lib/browser.mjs';
import { fillCallTemplate } from '../lib/fillCallTemplate.mjs';
import { waitForSuccess } from '../lib/run.mjs';

const component = 'gift-cards';
const service = 'payments';

/** A component gets a client and its role the permission, and the other team is asked. */
export async function callAnotherService({ portal, openPage }) {
  const page = await openPage();
  await signIn(page, 'Commerce owner', '/create');

  await fillCallTemplate(page, { component, service });
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
