import fc from 'fast-check';
import { NETWORK, ROLE, SERVICE, SESSION, signed } from '../cases/RuleCase';
import { AuthorizationRequest, DecideOptions, Verdict } from '../types';
import { runs, timeout } from '../__testUtils__/runs';
import { decide } from './decide';
import { decideOutcome } from './decideOutcome';

const HEADER = 'vpc-lattice-svcs:RequestHeader/x-a';
const QUERY = 'vpc-lattice-svcs:RequestQueryString/q';
const text = fc.constantFrom('a', 'b', '', 'a*', '${aws:PrincipalTag/t}', '1');

const operator = fc
  .tuple(
    fc.constantFrom('', 'ForAllValues:', 'ForAnyValue:'),
    fc.constantFrom(
      'StringEquals',
      'StringNotEquals',
      'StringLike',
      'StringNotLike',
      'StringEqualsIgnoreCase',
      'ArnNotLike',
      'Bool',
    ),
    fc.constantFrom('', 'IfExists'),
  )
  .map(parts => parts.join(''));

const condition = fc.oneof(
  fc.record({
    operator,
    key: fc.constantFrom(
      HEADER,
      QUERY,
      'vpc-lattice-svcs:RequestMethod',
      'aws:PrincipalArn',
      'aws:PrincipalOrgID',
      'aws:PrincipalTag/t',
    ),
    value: text,
  }),
  fc.record({
    operator: fc.constant('Null'),
    key: fc.constantFrom(HEADER, QUERY, 'aws:PrincipalOrgID'),
    value: fc.constantFrom('true', 'false'),
  }),
);

const statement = fc
  .record({
    effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    principal: fc.constantFrom(
      '*',
      { AWS: ROLE },
      { AWS: SESSION },
      { AWS: '111111111111' },
    ),
    resource: fc.constantFrom(
      '*',
      `${SERVICE}/*`,
      `${SERVICE}/a`,
      '*/a',
      `${SERVICE}/\${aws:PrincipalTag/t}`,
    ),
    conditions: fc.array(condition, { maxLength: 2 }),
  })
  .map(({ effect, principal, resource, conditions }) => ({
    Effect: effect,
    Principal: principal,
    Action: 'vpc-lattice-svcs:Invoke',
    Resource: resource,
    ...(conditions.length > 0
      ? {
          Condition: Object.fromEntries(
            conditions.map(({ operator: name, key, value }) => [
              name,
              { [key]: value },
            ]),
          ),
        }
      : {}),
  }));

const request: fc.Arbitrary<AuthorizationRequest> = fc.record({
  caller: fc
    .record({
      // Policies are taken to name roles that exist: with a session alone, a path that the
      // policy gets wrong can't be told.
      roleArn: fc.constant(ROLE),
      organizationId: fc.constantFrom('none', 'a'),
      tags: fc.constantFrom({}, { t: 'a' }, { t: '*' }),
    })
    .map(signed),
  method: fc.constantFrom('GET', 'a'),
  path: fc.constantFrom('/a', '/b', '/x/../a', '/%61'),
  query: fc.constantFrom<Record<string, string[]>>(
    {},
    { q: ['a'] },
    { q: ['a', 'b'] },
    { q: [''] },
  ),
  headers: fc.constantFrom<Record<string, string>>(
    {},
    { 'x-a': 'a' },
    { 'x-a': '' },
  ),
  serviceArn: fc.constant(SERVICE),
  serviceNetworkArn: fc.constant(NETWORK),
});

const situation = fc.record({
  statements: fc.array(statement, { maxLength: 5 }),
  given: request,
});

function decideBy(
  statements: unknown[],
  given: DecideOptions['request'],
): Verdict {
  return decide(optionsOf(statements, given));
}

function optionsOf(
  statements: unknown[],
  given: DecideOptions['request'],
): DecideOptions {
  return {
    request: given,
    network: { authType: 'NONE' },
    service: {
      authType: 'AWS_IAM',
      policy: { Version: '2012-10-17', Statement: statements },
    },
    identity: {
      policies: [
        { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
      ],
    },
  };
}

const RANK = { denied: 0, unknown: 1, allowed: 2 };

jest.setTimeout(timeout);

describe('laws', () => {
  it('the outcome alone is that of the explained verdict', () => {
    fc.assert(
      fc.property(situation, ({ statements, given }) => {
        const options = optionsOf(statements, given);
        const { outcome, layers } = decide(options);
        const [, service] = layers;

        expect(decideOutcome(options)).toBe(outcome);
        expect(service.unknown.length > 0).toBe(service.result === 'unknown');
        // A statement that is said to miss has something that fails.
        for (const { index, failed } of service.nearest) {
          expect(statements[index].Effect).toBe('Allow');
          expect(failed.length).toBeGreaterThan(0);
        }
      }),
      runs,
    );
  });

  it('adding a deny never allows more', () => {
    fc.assert(
      fc.property(situation, statement, ({ statements, given }, extra) => {
        const before = decideBy(statements, given).outcome;
        const after = decideBy(
          [...statements, { ...extra, Effect: 'Deny' }],
          given,
        ).outcome;

        expect(RANK[after]).toBeLessThanOrEqual(RANK[before]);
      }),
      runs,
    );
  });

  it('adding an allow never allows less', () => {
    fc.assert(
      fc.property(situation, statement, ({ statements, given }, extra) => {
        const before = decideBy(statements, given).outcome;
        const after = decideBy(
          [...statements, { ...extra, Effect: 'Allow' }],
          given,
        ).outcome;

        expect(RANK[after]).toBeGreaterThanOrEqual(RANK[before]);
      }),
      runs,
    );
  });

  it('the order of statements does not matter', () => {
    fc.assert(
      fc.property(situation, ({ statements, given }) => {
        const forward = decideBy(statements, given);
        const backward = decideBy([...statements].reverse(), given);

        expect(backward.outcome).toBe(forward.outcome);
        expect(backward.layers.map(({ result }) => result)).toEqual(
          forward.layers.map(({ result }) => result),
        );
        expect(new Set(backward.layers[1].unknown)).toEqual(
          new Set(forward.layers[1].unknown),
        );
      }),
      runs,
    );
  });

  it('a value made unknown only turns a verdict into unknown', () => {
    const attribute = fc.constantFrom(
      'method',
      'path',
      'query',
      'headers',
      'roleArn',
      'organizationId',
      'tags',
    );
    fc.assert(
      fc.property(
        situation,
        fc.uniqueArray(attribute),
        ({ statements, given }, forgotten) => {
          const forget = Object.fromEntries(
            forgotten.map(name => [name, undefined]),
          );
          const full = decideBy(statements, given).outcome;
          const partial = decideBy(statements, {
            ...given,
            ...forget,
            caller: { ...given.caller, ...forget } as typeof given.caller,
          });

          expect([full, 'unknown']).toContain(partial.outcome);
          expect(partial.outcome === 'unknown').toBe(
            partial.layers[1].unknown.length > 0,
          );
        },
      ),
      runs,
    );
  });
});
