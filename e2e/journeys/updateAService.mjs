import assert from 'node:assert/strict';
import { callService, findService } from '../lib/aws.mjs';
import { signIn } from '../lib/browser.mjs';
import { fillLambdaTemplate } from '../lib/fillLambdaTemplate.mjs';
import { inventoryOf } from '../lib/inventory.mjs';
import { waitForSuccess } from '../lib/run.mjs';

/** The template is run again with other answers: the same service, changed. */
export async function updateAService({ portal, openPage }) {
  const account = 'commerce';
  const name = 'gift-cards';
  const before = await inventoryOf(portal);
  const service = await findService(portal, { account, name });
  const post = () =>
    callService(portal, {
      account: 'edge',
      role: 'public-proxy',
      service,
      method: 'POST',
    });
  assert.equal(await post(), 403, 'GET alone is allowed');

  const page = await openPage();
  await signIn(page, 'Commerce owner', '/create');
  await fillLambdaTemplate(page, {
    name,
    description: 'Keeps and sells gift cards',
    methods: ['POST'],
  });
  await waitForSuccess(page);

  assert.notEqual(await post(), 403, 'POST is allowed');
  assert.deepEqual(await inventoryOf(portal), before);
  const { id } = await findService(portal, { account, name });
  assert.equal(id, service.id);
}
