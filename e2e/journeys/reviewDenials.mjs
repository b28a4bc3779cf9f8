import assert from 'node:assert/strict';
import { rowWith } from '../lib/rowWith.mjs';
import { signIn } from '../lib/browser.mjs';

/** A platform engineer goes through every kind of refusal and reads why. */
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
}
