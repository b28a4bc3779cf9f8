import { signIn } from '../lib/browser.mjs';
import { BALANCER, fillEcsTemplate } from '../lib/fillEcsTemplate.mjs';
import { assertNothingLeft, inventoryOf } from '../lib/inventory.mjs';
import { FOR_WORK } from '../lib/patience.mjs';
import { rowWith } from '../lib/rowWith.mjs';
import { waitForSuccess } from '../lib/run.mjs';
import { assertRefused } from './refuseUnlistedCaller.mjs';
import { retire } from './retireAService.mjs';

/** Containers behind VPC Lattice itself. */
export async function runNativeEcsService(journey) {
  await runEcsService(journey, { name: 'wish-lists', refuses: true });
}

/** Containers behind an internal load balancer. */
export async function runAlbEcsService(journey) {
  await runEcsService(journey, { name: 'price-lists', shape: BALANCER });
}

/**
 * Works, and is retired.
 *
 * @param service - `refuses`: it is also called by who isn't listed; the policy is the same in all shapes
 */
async function runEcsService({ portal, openPage }, service) {
  const { name, shape, refuses = false } = service;
  const before = await inventoryOf(portal);
  const page = await openPage();
  await signIn(page, 'Commerce owner', '/create');

  await fillEcsTemplate(page, { name, shape });
  await waitForSuccess(page);
  await page
    .getByRole('link', { name: new RegExp(`${name} on the service map`, 'i') })
    .click();
  const map = page.locator('.react-flow');
  await map.getByText(name, { exact: true }).first().waitFor();
  await page.getByText('Table', { exact: true }).click();
  await rowWith(page, 'public-proxy', name, 'allowed').waitFor({
    timeout: FOR_WORK,
  });

  if (refuses) {
    await assertRefused({
      portal,
      page: await openPage(),
      account: 'commerce',
      name,
    });
  }
  await retire(page, { name });
  await assertNothingLeft(portal, before, {
    but: [`archived repository ${name}`],
  });
}
