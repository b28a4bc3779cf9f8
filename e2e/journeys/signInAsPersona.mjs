import assert from 'node:assert/strict';
import { signIn } from '../lib/browser.mjs';

/** A visitor chooses who to be, stays that over a reload, and can't be anybody else. */
export async function signInAsPersona({ portal, openPage }) {
  const page = await openPage();
  await signIn(page, 'Platform engineer', '/settings');
  await page.getByText('platform-engineer').first().waitFor();
  await page.reload();
  await page.getByText('platform-engineer').first().waitFor();

  const refresh = persona =>
    fetch(`${portal.baseUrl}/api/auth/persona/refresh?env=development`, {
      headers: persona ? { 'x-lattice-persona': persona } : {},
    });
  assert.equal((await refresh('user:default/analytics-developer')).status, 200);
  assert.equal((await refresh('user:default/somebody-else')).status, 403);
  assert.equal((await refresh()).status, 401);

  const map = await fetch(`${portal.baseUrl}/api/lattice/v1/map`);
  assert.equal(map.status, 401, 'the map without signing in');
}
