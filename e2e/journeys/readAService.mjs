import { rowWith } from '../lib/rowWith.mjs';
import { signIn } from '../lib/browser.mjs';
import { openEntity } from '../lib/openEntity.mjs';

/** The owner finds a service in the catalog: outcomes, callers, policy, contract. */
export async function readAService({ openPage }) {
  const page = await openPage();
  await signIn(page, 'Commerce owner', '/catalog/default/component/inventory');
  await page.getByText('VPC Lattice', { exact: true }).click();
  await page.getByRole('heading', { name: 'Calls by outcome' }).waitFor();
  await page.getByRole('heading', { name: 'Callers' }).waitFor();
  await rowWith(page, 'batch-export', 'denied by service').waitFor();
  await page.getByText('CommerceRolesRead').first().waitFor();

  await openEntity(page, '/catalog/default/resource/inventory');

  await page.goto('/catalog/default/api/orders-api/definition');
  await page.getByText('/orders/{orderId}').first().waitFor();
}
