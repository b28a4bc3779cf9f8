import assert from 'node:assert/strict';
import { denyLaunchRole, failCalls, findUnit, setQuota } from '../lib/aws.mjs';
import { signIn } from '../lib/browser.mjs';
import { fillCallTemplate } from '../lib/fillCallTemplate.mjs';
import { BALANCER, fillEcsTemplate } from '../lib/fillEcsTemplate.mjs';
import { fillEksTemplate } from '../lib/fillEksTemplate.mjs';
import {
  answerNetworkTemplate,
  fillAccountRolesTemplate,
  fillJoinTemplate,
  fillNetworkTemplate,
} from '../lib/fillPlatformTemplates.mjs';
import { create, review } from '../lib/form.mjs';
import { assertNothingLeft, inventoryOf } from '../lib/inventory.mjs';
import { cancelHalfWay, waitForFailure } from '../lib/run.mjs';

const NETWORKS = 'L-3AAA3BA9';

// Each makes something of a name of its own: the portal may still have seen that of a run that failed a moment ago.
// Lambda has a journey of its own, with every kind of failure.

/** What goes wrong with which template, who runs it, and what the run has to say. */
const failures = [
  {
    what: 'ECS without a load balancer: cancelled half-way',
    who: 'Commerce owner',
    // While AWS tries one resource after the other once more, with others made already.
    prepare: async portal => {
      for (const [service, operation] of [
        ['ecs', 'CreateService'],
        ['vpc-lattice', 'CreateTargetGroup'],
        ['vpc-lattice', 'CreateListener'],
        ['vpc-lattice', 'CreateServiceNetworkServiceAssociation'],
      ]) {
        await throttle(portal, 'commerce', service, operation, 5);
      }
    },
    fill: page => fillEcsTemplate(page, { name: 'wish-lists-one' }),
    end: cancelHalfWay,
    expected: [/The run was cancelled/, /Nothing of it is left/],
  },
  {
    what: 'ECS behind a load balancer: denied launch role',
    who: 'Commerce owner',
    prepare: portal =>
      deny(portal, 'commerce', {
        product: 'ecs-alb-service',
        action: 'elasticloadbalancing:CreateListener',
      }),
    fill: page =>
      fillEcsTemplate(page, { name: 'price-lists-one', shape: BALANCER }),
    expected: [/elasticloadbalancing:CreateListener/, /ask the platform team/],
  },
  {
    what: 'EKS: denied launch role',
    who: 'Commerce owner',
    prepare: portal =>
      deny(portal, 'commerce', {
        product: 'eks-service',
        action: 'iam:CreateRole',
      }),
    fill: page => fillEksTemplate(page, { name: 'loyalty-one' }),
    expected: [/PodRole/, /iam:CreateRole/],
  },
  {
    what: 'call another service: denied launch role',
    who: 'Commerce owner',
    prepare: portal =>
      deny(portal, 'commerce', {
        product: 'service-call',
        action: 'iam:PutRolePolicy',
      }),
    fill: page =>
      fillCallTemplate(page, { component: 'gift-cards', service: 'payments' }),
    expected: [/iam:PutRolePolicy/, /ask the platform team/],
  },
  {
    what: 'service network: denied launch role',
    who: 'Platform engineer',
    prepare: portal =>
      deny(portal, 'shared-services', {
        product: 'service-network',
        action: 'vpc-lattice:CreateServiceNetwork',
      }),
    fill: page => fillNetworkTemplate(page, { name: 'partners-one' }),
    expected: [/vpc-lattice:CreateServiceNetwork/, /ask the platform team/],
  },
  {
    what: 'service network: quota',
    who: 'Platform engineer',
    prepare: () => {},
    fill: fillNetworkOverQuota,
    expected: [/quota/i],
    after: portal => setNetworks(portal, undefined),
  },
  {
    what: 'join a VPC by an association: bad parameter',
    who: 'Platform engineer',
    prepare: () => {},
    fill: page => fillJoinTemplate(page, { clients: 'sg-0123456789abcdef0' }),
    expected: [/sg-0123456789abcdef0/, /then start over/],
  },
  {
    what: 'join a VPC by an endpoint: throttling',
    who: 'Platform engineer',
    prepare: portal => throttle(portal, 'legacy', 'ec2', 'CreateVpcEndpoint'),
    fill: page => fillJoinTemplate(page, { way: 'Endpoint' }),
    expected: [/start over in a few minutes/],
  },
  {
    what: 'roles in all accounts: bad parameter',
    who: 'Platform engineer',
    prepare: () => {},
    // The accounts of that unit have these roles.
    fill: async (page, portal) =>
      fillAccountRolesTemplate(page, {
        unit: await findUnit(portal, 'infrastructure'),
      }),
    expected: [/already exists/, /Nothing of it is left/],
  },
];

/** Each template goes wrong in a way of its own; it is told with its reason and what to do, and leaves nothing. */
export async function failTemplates({ portal, openPage }) {
  const before = await inventoryOf(portal);
  const pages = new Map();
  for (const failure of failures) {
    const { what, who, prepare, fill, expected } = failure;
    const { end = waitForFailure, after = () => {} } = failure;
    if (!pages.has(who)) {
      const opened = await openPage();
      await signIn(opened, who, '/create');
      pages.set(who, opened);
    }
    const page = pages.get(who);
    const giveBack = await prepare(portal);
    try {
      await fill(page, portal);
      const said = await end(page);
      for (const pattern of expected) {
        assert.match(said, pattern, what);
      }
    } finally {
      await giveBack?.();
      await after(portal);
    }
    await assertNothingLeft(portal, before);
  }
}

/** CloudFormation tries six times. */
function throttle(portal, account, service, operation, times = 6) {
  return failCalls(portal, {
    account,
    service,
    operation,
    code: 'throttling',
    times,
  });
}

function deny(portal, account, { product, action }) {
  return denyLaunchRole(portal, { account, product, actions: [action] });
}

function setNetworks(portal, value) {
  return setQuota(portal, {
    account: 'shared-services',
    code: NETWORKS,
    value,
  });
}

/** Refused in the form; and, when the last place is taken meanwhile, in the run. */
async function fillNetworkOverQuota(page, portal) {
  await setNetworks(portal, 1);
  await answerNetworkTemplate(page, { name: 'partners-two' });
  await page
    .getByText(/the quota is used up/)
    .first()
    .waitFor();
  await setNetworks(portal, undefined);
  await review(page);
  await setNetworks(portal, 1);
  await create(page);
}
