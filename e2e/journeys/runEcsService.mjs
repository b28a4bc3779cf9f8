import assert from 'node:assert/strict';
import { denyLaunchRole, failCalls } from '../lib/aws.mjs';
import { signIn } from '../lib/browser.mjs';
import {
  choose,
  create,
  next,
  openTemplate,
  ownerIsChosen,
  review,
} from '../lib/form.mjs';
import { assertNothingLeft, inventoryOf } from '../lib/inventory.mjs';
import { FOR_WORK } from '../lib/patience.mjs';
import { rowWith } from '../lib/rowWith.mjs';
import { waitForFailure, waitForSuccess } from '../lib/run.mjs';
import { assertRefused } from './refuseUnlistedCaller.mjs';
import { retire } from './retireAService.mjs';

/** Containers behind VPC Lattice itself. */
export async function runNativeEcsService(journey) {
  await runEcsService(journey, {
    name: 'wish-lists',
    shape: undefined,
    refuses: true,
    async fail({ portal, page, name }) {
      await failCalls(portal, {
        account: 'commerce',
        service: 'ecs',
        operation: 'CreateService',
        code: 'throttling',
        times: 6,
      });
      await fillEcsTemplate(page, { name });
      return [/Rate exceeded/, /start over in a few minutes/];
    },
  });
}

/** Containers behind an internal load balancer. */
export async function runAlbEcsService(journey) {
  const shape = 'An internal Application Load Balancer';
  await runEcsService(journey, {
    name: 'price-lists',
    shape,
    async fail({ portal, page, name }) {
      const giveBack = await denyLaunchRole(portal, {
        account: 'commerce',
        product: 'ecs-alb-service',
        actions: ['elasticloadbalancing:CreateListener'],
      });
      await fillEcsTemplate(page, { name, shape });
      return [
        /elasticloadbalancing:CreateListener/,
        /ask the platform team/,
        giveBack,
      ];
    },
  });
}

/**
 * Fails once and leaves nothing; then works and is retired.
 *
 * @param service - `refuses`: it is also called by who isn't listed; the policy is the same in all shapes
 */
async function runEcsService({ portal, openPage }, service) {
  const { name, shape, refuses = false, fail } = service;
  const before = await inventoryOf(portal);
  const page = await openPage();
  await signIn(page, 'Commerce owner', '/create');

  const expected = await fail({ portal, page, name: `${name}-one` });
  const said = await waitForFailure(page);
  for (const pattern of expected) {
    if (pattern instanceof RegExp) {
      assert.match(said, pattern);
    } else {
      await pattern();
    }
  }
  await assertNothingLeft(portal, before);

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

async function fillEcsTemplate(page, { name, shape }) {
  await openTemplate(page, 'lattice-ecs-service');
  await page.getByLabel(/^Name/).fill(name);
  await page.getByLabel(/^Description/).fill('Keeps lists');
  await ownerIsChosen(page);
  await next(page);
  await page.getByText('commerce (223344556677)').first().waitFor();
  await page.getByText('company').first().waitFor();
  await choose(page, 'VPC', 'commerce');
  await choose(page, 'Subnets', 'private-a', 'private-b');
  await page.getByText(/^pl-/).first().waitFor();
  await next(page);
  await page.getByText('public-proxy').first().waitFor();
  await next(page);
  await page.getByLabel(/^Tasks at least/).waitFor();
  await next(page);
  await page.getByText('What is in front of it').first().waitFor();
  await page.getByLabel(/^Shape/).waitFor();
  if (shape) {
    await page.getByLabel(/^Shape/).click();
    await page.getByRole('option', { name: shape }).click();
    await page.getByLabel(/^Host name of its own/).fill(`${name}.example.com`);
    await choose(page, 'Certificate', 'example.com');
  }
  await next(page);
  await page.getByText('You may create something in account').waitFor();
  await review(page);
  await create(page);
}
