import assert from 'node:assert/strict';
import {
  clientOf,
  denyLaunchRole,
  failCalls,
  logs,
  setQuota,
} from '../lib/aws.mjs';
import { signIn } from '../lib/browser.mjs';
import {
  answerLambdaTemplate,
  fillLambdaTemplate,
} from '../lib/fillLambdaTemplate.mjs';
import {
  create,
  next,
  openTemplate,
  ownerIsChosen,
  review,
} from '../lib/form.mjs';
import { assertNothingLeft, inventoryOf } from '../lib/inventory.mjs';
import { cancelHalfWay, waitForFailure } from '../lib/run.mjs';

const account = 'commerce';
const SERVICES = 'L-1A31C3CC';

// Each has a name of its own: the portal may still have seen the service of a run that failed a moment ago.

/** Every way in which making a service goes wrong: each is told with its reason and what to do, and leaves nothing. */
export async function failLambdaService({ portal, openPage }) {
  const before = await inventoryOf(portal);
  const page = await openPage();
  await signIn(page, 'Commerce owner', '/create');

  for (const fail of [
    badParameter,
    quota,
    nameTaken,
    deniedLaunchRole,
    throttling,
    cancelled,
  ]) {
    const { said, expected } = await fail({ portal, page });
    for (const pattern of expected) {
      assert.match(said, pattern, fail.name);
    }
    await assertNothingLeft(portal, before);
  }
}

/** The form refuses what it can tell; AWS refuses what only AWS knows. */
async function badParameter({ page }) {
  await openTemplate(page, 'lattice-lambda-service');
  await page.getByLabel(/^Name/).fill('Loyalty_Points');
  await page.getByLabel(/^Description/).fill('Counts points');
  await ownerIsChosen(page);
  await next(page);
  await page
    .getByText(/lower-case letters, digits/)
    .nth(1)
    .waitFor();
  await fillLambdaTemplate(page, {
    name: 'points-one',
    calls: { securityGroup: 'sg-0123456789abcdef0' },
  });
  return {
    said: await waitForFailure(page),
    expected: [
      /sg-0123456789abcdef0/,
      /NotFound/,
      /correct them, then start over/,
    ],
  };
}

/** Refused in the form; and, when the last place is taken meanwhile, in the run. */
async function quota({ portal, page }) {
  const setServices = value =>
    setQuota(portal, { account, code: SERVICES, value });
  try {
    await setServices(0);
    await answerLambdaTemplate(page, { name: 'points-two' });
    await page
      .getByText(/the quota is used up/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Review' }).click();
    await page
      .getByText(/the quota is used up/)
      .nth(1)
      .waitFor();
    assert.equal(await page.getByRole('button', { name: 'Create' }).count(), 0);

    await setServices(undefined);
    await review(page);
    await setServices(0);
    await create(page);
    return {
      said: await waitForFailure(page),
      expected: [/quota 'Services per Region'.* is 0/, /Ask AWS for more/],
    };
  } finally {
    await setServices(undefined);
  }
}

/** Somebody's log group has the name of the one that is to be made. */
async function nameTaken({ portal, page }) {
  const client = clientOf(portal, logs.CloudWatchLogsClient, account);
  const logGroupName = '/aws/vendedlogs/lattice/service-points-three';
  await client.send(new logs.CreateLogGroupCommand({ logGroupName }));
  await fillLambdaTemplate(page, { name: 'points-three' });
  const said = await waitForFailure(page);
  await client.send(new logs.DeleteLogGroupCommand({ logGroupName }));
  return {
    said,
    expected: [/AccessLogGroup/, /already exists/, /choose another name/],
  };
}

async function deniedLaunchRole({ portal, page }) {
  const giveBack = await denyLaunchRole(portal, {
    account,
    product: 'lambda-service',
    actions: ['vpc-lattice:CreateListener'],
  });
  await fillLambdaTemplate(page, { name: 'points-four' });
  const said = await waitForFailure(page);
  await giveBack();
  return {
    said,
    expected: [
      /Listener/,
      /vpc-lattice:CreateListener/,
      /ask the platform team/,
    ],
  };
}

/** CloudFormation tries six times. */
async function throttling({ portal, page }) {
  await failCalls(portal, {
    account,
    service: 'vpc-lattice',
    operation: 'CreateTargetGroup',
    code: 'throttling',
    times: 6,
  });
  await fillLambdaTemplate(page, { name: 'points-five' });
  return {
    said: await waitForFailure(page),
    expected: [/TargetGroup/, /Rate exceeded/, /start over in a few minutes/],
  };
}

/** While AWS tries one resource after the other once more, with others made already. */
async function cancelled({ portal, page }) {
  for (const operation of [
    'CreateTargetGroup',
    'CreateListener',
    'CreateServiceNetworkServiceAssociation',
  ]) {
    await failCalls(portal, {
      account,
      service: 'vpc-lattice',
      operation,
      code: 'throttling',
      times: 5,
    });
  }
  await fillLambdaTemplate(page, { name: 'points-six' });
  return {
    said: await cancelHalfWay(page),
    expected: [
      /The run was cancelled/,
      /Rolled back: .*Service/,
      /Nothing of it is left/,
    ],
  };
}
