import assert from 'node:assert/strict';
import { callService, findService } from '../lib/aws.mjs';
import { signIn } from '../lib/browser.mjs';
import { FOR_WORK } from '../lib/patience.mjs';
import { rowWith } from '../lib/rowWith.mjs';

/** Who isn't listed is refused, and reads why on the page of denied requests. */
export async function refuseUnlistedCaller({ portal, openPage }) {
  await assertRefused({
    portal,
    page: await openPage(),
    account: 'commerce',
    name: 'gift-cards',
  });
}

/** Calls a service as the analytics team, which is not among its callers; then looks for the reason. */
export async function assertRefused({ portal, page, account, name }) {
  const service = await findService(portal, { account, name });
  const status = await callService(portal, {
    account: 'analytics',
    role: 'batch-export',
    vpc: 'analytics-batch',
    service,
  });
  assert.equal(status, 403, `${name} refuses who isn’t listed`);

  await signIn(page, 'Analytics developer', '/lattice/denied');
  await rowWith(page, 'denied by service', 'batch-export', name).click({
    timeout: FOR_WORK,
  });
  await page.getByRole('heading', { name: 'What the policies say' }).waitFor();
  await page.getByRole('heading', { name: 'What would fix it' }).waitFor();
  // The page looks again: the portal may have read the service before it had a policy.
  await page
    .getByText(/misses the Principal/)
    .first()
    .waitFor({ timeout: FOR_WORK });
  await page
    .getByText(`statement more in the auth policy of ${name}`)
    .first()
    .waitFor();
}
