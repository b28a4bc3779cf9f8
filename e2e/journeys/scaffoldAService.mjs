import { fillLambdaTemplate } from '../lib/fillLambdaTemplate.mjs';
import { rowWith } from '../lib/rowWith.mjs';
import { signIn } from '../lib/browser.mjs';
import { FOR_WORK } from '../lib/patience.mjs';

/** From the form to a service on the map that answers its first signed request. */
export async function scaffoldAService({ openPage }) {
  const page = await openPage();
  await signIn(page, 'Commerce owner', '/create');
  await fillLambdaTemplate(page, { name: 'gift-cards' });
  await page
    .getByRole('link', { name: /open in the catalog/i })
    .waitFor({ timeout: FOR_WORK });

  await page.getByRole('link', { name: /^repository/i }).waitFor();
  await page
    .getByRole('link', { name: /gift-cards on the service map/i })
    .click();
  const map = page.locator('.react-flow');
  await map.getByText('gift-cards', { exact: true }).first().waitFor();

  await page.getByText('Table', { exact: true }).click();
  await rowWith(page, 'public-proxy', 'gift-cards', 'allowed').waitFor({
    timeout: FOR_WORK,
  });

  await page.goto('/catalog/default/component/gift-cards');
  await page.getByText('VPC Lattice', { exact: true }).click();
  await rowWith(page, 'public-proxy', 'allowed').waitFor();
}
