import assert from 'node:assert/strict';
import { rowWith } from '../lib/rowWith.mjs';
import { signIn } from '../lib/browser.mjs';
import { FOR_WORK } from '../lib/patience.mjs';

/** A refused team asks, the owner approves, and the next call gets through. */
export async function requestAccess({ openPage }) {
  const developer = await openPage();
  await signIn(developer, 'Analytics developer', '/lattice/denied');
  await rowWith(developer, 'batch-export', 'inventory').click();
  await developer.getByRole('link', { name: 'Request access' }).click();
  await developer
    .getByText('One statement more in the policy of the service inventory')
    .waitFor();
  await developer
    .getByLabel(/^Reason/)
    .fill('The nightly report needs the stock');
  await developer.getByRole('button', { name: 'Ask for access' }).click();
  await developer.getByText('waits for the owners').waitFor();
  const address = new URL(developer.url()).pathname;
  assert.equal(
    await developer.getByRole('button', { name: 'Approve' }).count(),
    0,
    'who asks can’t approve',
  );

  const owner = await openPage({ width: 420, height: 860 });
  await signIn(owner, 'Commerce owner', '/lattice/requests');
  await owner
    .getByText(/inventory/)
    .first()
    .waitFor();
  await owner.goto(address);
  await owner.getByRole('button', { name: 'Approve' }).click();
  await owner
    .getByText(/^Applied/)
    .first()
    .waitFor();

  await developer.getByText(/GET \/items\/export got through/).waitFor({
    timeout: FOR_WORK,
  });
}
