import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { FOR_WORK } from './patience.mjs';

/** Asks the back end as a platform engineer. */
export async function askAsPlatform(portal, path, options) {
  const { backstageIdentity } = await fetch(
    `${portal.baseUrl}/api/auth/persona/refresh?env=development`,
    { headers: { 'x-lattice-persona': 'user:default/platform-engineer' } },
  ).then(response => response.json());
  const response = await fetch(`${portal.baseUrl}/api/${path}`, {
    headers: { authorization: `Bearer ${backstageIdentity.token}` },
    ...options,
  });
  assert.ok(response.ok, `${path} answers ${response.status}`);
  return response;
}

/** Waits until the catalog has an entity, such as `resource/default/partners`, which the estate brings in its time. */
export async function entityIsThere(portal, ref) {
  const deadline = Date.now() + FOR_WORK;
  for (;;) {
    const response = await askAsPlatform(
      portal,
      `catalog/entities/by-query?filter=${filterOf(ref)}`,
    );
    const { items } = await response.json();
    if (items.length > 0) {
      return;
    }
    assert.ok(Date.now() < deadline, `the catalog has no ${ref}`);
    await sleep(500);
  }
}

function filterOf(ref) {
  const [kind, namespace, name] = ref.split('/');
  return `kind=${kind},metadata.namespace=${namespace},metadata.name=${name}`;
}
