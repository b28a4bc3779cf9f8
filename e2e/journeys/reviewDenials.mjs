import assert from 'node:assert/strict';
import { signIn } from '../lib/browser.mjs';
import { FOR_WORK } from '../lib/patience.mjs';
import { rowWith } from '../lib/rowWith.mjs';

/** A platform engineer goes through every kind of refusal and reads why, then what is on record of one. */
export async function reviewDenials({ openPage }) {
  const page = await openPage({ theme: 'dark' });
  await signIn(page, 'Platform engineer', '/lattice/denied');

  const refusals = [
    {
      row: ['denied by network', 'reporting', 'orders'],
      says: [/vpc-lattice-svcs:SourceVpc/, /service network/i],
    },
    {
      row: ['denied by service', 'batch-export', 'inventory'],
      says: [/Principal/, /LatticePortalProposed/],
    },
    {
      row: ['denied by service', 'anonymous', 'orders'],
      says: [/aws:PrincipalType/],
    },
    {
      row: ['denied by identity', 'edge-canary'],
      says: [/vpc-lattice-svcs:Invoke/, /edge-canary/],
    },
  ];
  for (const { row, says } of refusals) {
    await page.goto('/lattice/denied');
    await rowWith(page, ...row).click();
    await page
      .getByRole('heading', { name: 'What the policies say' })
      .waitFor();
    await page.getByRole('heading', { name: 'Could not be checked' }).waitFor();
    const text = await page.locator('body').innerText();
    for (const pattern of says) {
      assert.match(text, pattern, `${row}`);
    }
  }

  await page.goto('/lattice/denied');
  await rowWith(page, 'denied by service', 'batch-export').click();
  // The logs of the network and of the service, one of which may be read later.
  await page
    .getByText(/network-company, .*service-inventory/)
    .waitFor({ timeout: FOR_WORK });
  const requestId = page.getByRole('link', { name: /^[\da-f-]{36}$/ });
  const id = await requestId.innerText();
  await requestId.click();
  const records = page.getByRole('region', { name: 'Records of a request' });
  for (const log of [/service-inventory/, /network-company/]) {
    await records
      .getByRole('columnheader', { name: log })
      .waitFor({ timeout: FOR_WORK });
  }
  const row = await records
    .getByRole('row', { name: /^requestId/ })
    .innerText();
  const [field, ...ids] = row.split(/\s+/);
  assert.equal(field, 'requestId');
  // The network's log is delivered to a bucket, too, sooner or later.
  assert.ok([2, 3].includes(ids.length), row);
  assert.deepEqual([...new Set(ids)], [id]);
}
