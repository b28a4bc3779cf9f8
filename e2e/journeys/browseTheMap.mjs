import { rowWith } from '../lib/rowWith.mjs';
import { signIn } from '../lib/browser.mjs';

/** From the first page to the map, a refused edge, its table twin and the explanation of a denial. */
export async function browseTheMap({ openPage }) {
  const page = await openPage();
  await signIn(page, 'Platform engineer');
  await page.getByRole('link', { name: 'Open the map' }).click();

  const map = page.getByRole('application').or(page.locator('.react-flow'));
  await map.first().waitFor();
  for (const name of ['orders', 'inventory', 'recommendations', 'payments']) {
    await map.first().getByText(name, { exact: true }).first().waitFor();
  }
  await page.getByText(/calls from .* log lines/).waitFor();

  await page
    .getByText(/batch-export\s*→\s*inventory/)
    .first()
    .click();
  await page.getByText('Last works').waitFor();
  await page.getByText('What the policies say now').waitFor();

  await page.getByText('Table', { exact: true }).click();
  await rowWith(page, 'reporting', 'orders', 'denied by network').waitFor();
  await rowWith(
    page,
    'edge-canary',
    'recommendations',
    'denied by identity',
  ).waitFor();
  await rowWith(page, 'public-proxy', 'orders', 'allowed').waitFor();

  await page.getByRole('link', { name: 'Explain' }).click();
  await page.getByRole('heading', { name: 'Recorded by AWS' }).waitFor();
}
