import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import {
  TestEngine,
  createTestEngine,
  createTestStack,
  updateTestStack,
} from '../testing/createTestEngine';

interface Service {
  name: string;
  authType: string;
  policy: boolean;
  listeners: Record<string, { port: number; code: number }>;
}

interface Model {
  services: Record<string, Service>;
  logGroups: Record<string, number | undefined>;
  tags: Record<string, string>;
}

const logicalIds = fc.constantFrom('A', 'B', 'C');

const service = fc.record<Service>({
  // Few names, so that they are also swapped between resources: such an update fails.
  name: fc.constantFrom('orders', 'payments', 'parcels'),
  authType: fc.constantFrom('NONE', 'AWS_IAM'),
  policy: fc.boolean(),
  listeners: fc.dictionary(
    logicalIds,
    fc.record({
      port: fc.constantFrom(80, 443, 8080),
      code: fc.constantFrom(404, 500),
    }),
    { maxKeys: 2 },
  ),
});

function hasDistinct<T>(values: T[]): boolean {
  return new Set(values).size === values.length;
}

const model = fc
  .record<Model>({
    services: fc.dictionary(logicalIds, service, { maxKeys: 2 }),
    logGroups: fc.dictionary(logicalIds, fc.constantFrom(undefined, 7, 30), {
      minKeys: 1,
    }),
    tags: fc.dictionary(logicalIds, fc.constantFrom('x', 'y')),
  })
  .filter(
    ({ services }) =>
      hasDistinct(Object.values(services).map(({ name }) => name)) &&
      Object.values(services).every(({ listeners }) =>
        hasDistinct(Object.values(listeners).map(({ port }) => port)),
      ),
  );

function templateOf({ services, logGroups }: Model): string {
  const Resources: Record<string, unknown> = {};
  for (const [id, { name, authType, policy, listeners }] of Object.entries(
    services,
  )) {
    Resources[`Service${id}`] = {
      Type: 'AWS::VpcLattice::Service',
      Properties: { Name: name, AuthType: authType },
    };
    if (policy) {
      Resources[`Policy${id}`] = {
        Type: 'AWS::VpcLattice::AuthPolicy',
        Properties: {
          ResourceIdentifier: { 'Fn::GetAtt': [`Service${id}`, 'Arn'] },
          Policy: {
            Statement: [
              {
                Effect: 'Allow',
                Principal: '*',
                Action: '*',
                Resource: { 'Fn::Sub': `\${Service${id}.Arn}/*` },
              },
            ],
          },
        },
      };
    }
    for (const [listener, { port, code }] of Object.entries(listeners)) {
      Resources[`Listener${id}${listener}`] = {
        Type: 'AWS::VpcLattice::Listener',
        Properties: {
          ServiceIdentifier: { Ref: `Service${id}` },
          // Two listeners of a service can't share a port: names of their own, ports may clash.
          Name: `on-${listener.toLowerCase()}-${port}`,
          Protocol: 'HTTP',
          Port: port,
          DefaultAction: { FixedResponse: { StatusCode: code } },
        },
      };
    }
  }
  for (const [id, days] of Object.entries(logGroups)) {
    Resources[`Logs${id}`] = {
      Type: 'AWS::Logs::LogGroup',
      Properties: days ? { RetentionInDays: days } : {},
    };
  }
  return JSON.stringify({ Resources });
}

function inputOf(input: Model) {
  return {
    TemplateBody: templateOf(input),
    Tags: Object.entries(input.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

/** Tags have no order. */
function sorted(tags: Record<string, string>) {
  return Object.entries(tags).sort();
}

/** All that the stack made, by what tells it apart, without what a new one differs in. */
function contents({ estate }: TestEngine) {
  const nameOf = (arn: string) =>
    estate.services.find(candidate => candidate.arn === arn)?.name;
  return {
    services: estate.services
      .values()
      .map(({ name, authType, tags }) =>
        JSON.stringify([name, authType, sorted(tags)]),
      )
      .sort(),
    policies: [...estate.authPolicies.entries()]
      .map(([arn]) => nameOf(arn))
      .sort(),
    listeners: estate.listeners
      .values()
      .map(({ serviceArn, name, port, defaultAction, tags }) =>
        JSON.stringify([
          nameOf(serviceArn),
          name,
          port,
          defaultAction,
          sorted(tags),
        ]),
      )
      .sort(),
    logGroups: estate.logGroups
      .values()
      .map(({ name, retentionInDays, tags }) =>
        JSON.stringify([name.split('-')[1], retentionInDays, sorted(tags)]),
      )
      .sort(),
  };
}

/** An update that swaps the names of two services fails: each holds the other's. */
function swapped(...names: string[]): Model {
  const [A, B] = names.map(name => ({
    name,
    authType: 'NONE',
    policy: true,
    listeners: { A: { port: 80, code: 404 } },
  }));
  return { services: { A, B }, logGroups: { A: 7 }, tags: {} };
}

describe('UpdateStack', () => {
  it('makes of A what a new stack B has, or leaves A; and goes back to A', async () => {
    await fc.assert(
      fc.asyncProperty(model, model, async (a, b) => {
        // Generated objects may lack a prototype, which makes no other model.
        fc.pre(!isDeepStrictEqual(structuredClone(a), structuredClone(b)));
        const fresh = await createTestEngine();
        await createTestStack(fresh, inputOf(b));
        const sandbox = await createTestEngine();
        await createTestStack(sandbox, inputOf(a));
        const contentsOfA = contents(sandbox);

        const { stack } = await updateTestStack(sandbox, inputOf(b));
        const outcomes: Record<string, unknown> = {
          UPDATE_COMPLETE: contents(fresh),
          UPDATE_ROLLBACK_COMPLETE: contentsOfA,
        };
        expect(contents(sandbox)).toEqual(outcomes[stack.StackStatus]);

        // Names held by a resource that is still there make an update fail, there and back.
        fc.pre(stack.StackStatus === 'UPDATE_COMPLETE');
        const back = await updateTestStack(sandbox, inputOf(a));
        expect(contents(sandbox)).toEqual(
          back.stack.StackStatus === 'UPDATE_COMPLETE'
            ? contentsOfA
            : contents(fresh),
        );
        expect(sandbox.estate.collection('stacks').size).toBe(1);
      }),
      {
        numRuns: 60,
        examples: [
          [swapped('orders', 'payments'), swapped('payments', 'orders')],
        ],
      },
    );
  }, 60_000);
});
