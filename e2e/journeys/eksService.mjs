import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { callService, findService } from '../lib/aws.mjs';
import { signIn } from '../lib/browser.mjs';
import { fillEksTemplate } from '../lib/fillEksTemplate.mjs';
import { assertNothingLeft, inventoryOf } from '../lib/inventory.mjs';
import { FOR_WORK } from '../lib/patience.mjs';
import { rowWith } from '../lib/rowWith.mjs';
import { waitForSuccess } from '../lib/run.mjs';
import { assertRefused } from './refuseUnlistedCaller.mjs';
import { retire } from './retireAService.mjs';

const account = 'commerce';
const name = 'loyalty';

/**
 * A service on EKS, from the form to the pods: delivered by Git, on the map, called and refused; and back to what there
 * was before.
 */
export async function eksService({ portal, openPage }) {
  const before = await inventoryOf(portal);
  const page = await openPage();
  await signIn(page, 'Commerce owner', '/create');

  await fillEksTemplate(page, { name });
  await waitForSuccess(page);
  const service = await allowed(portal);
  assert.match(service.dnsEntry.domainName, /^loyalty-/);

  await page.goto('/lattice/map');
  await page
    .locator('.react-flow')
    .getByText(name, { exact: true })
    .first()
    .waitFor({ timeout: FOR_WORK });
  await page.getByText('Table', { exact: true }).click();
  await rowWith(page, 'public-proxy', name, 'allowed').waitFor({
    timeout: FOR_WORK,
  });
  await assertRefused({ portal, page: await openPage(), account, name });

  await retire(page, { name });
  await assertNothingLeft(portal, before, {
    but: [`archived repository ${name}`],
  });
}

/** Waits for the first signed request that is let through. */
async function allowed(portal) {
  const deadline = Date.now() + FOR_WORK;
  for (;;) {
    const service = await findService(portal, { account, name });
    const status =
      service &&
      (await callService(portal, {
        account: 'edge',
        role: 'public-proxy',
        service,
      }));
    if (status === 200) {
      return service;
    }
    assert.ok(Date.now() < deadline, `${name} answers with ${status}`);
    await sleep(500);
  }
}
