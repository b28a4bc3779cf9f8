import { ANONYMOUS, ROLE, SERVICE, SESSION, signed } from '../cases/RuleCase';
import { DecideOptions, PolicyLimits } from '../types';
import { decide } from './decide';
import { decideOutcome } from './decideOutcome';

const identityAllow = {
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
};
const deny = { Statement: { Effect: 'Deny', Action: '*', Resource: '*' } };
const other = {
  Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
};
const allowAll = { policies: [identityAllow] };

function serviceOf(principal: unknown): DecideOptions['service'] {
  return {
    authType: 'AWS_IAM',
    policy: {
      Statement: {
        Effect: 'Allow',
        Principal: principal,
        Action: '*',
        Resource: '*',
      },
    },
  };
}

function decideWith(
  limits: PolicyLimits,
  changes: Partial<DecideOptions> = {},
) {
  const options: DecideOptions = {
    request: { caller: signed(), path: '/', serviceArn: SERVICE },
    network: { authType: 'NONE' },
    service: serviceOf('*'),
    identity: allowAll,
    limits,
    ...changes,
  };
  const verdict = decide(options);
  expect(decideOutcome(options)).toBe(verdict.outcome);
  return {
    outcome: verdict.outcome,
    limits: verdict.limits?.map(({ limit, result, code }) => [
      limit,
      result,
      code,
    ]),
  };
}

describe('limits', () => {
  it.each<[string, PolicyLimits, string, string[]]>([
    [
      'a boundary that allows',
      { permissionsBoundary: allowAll },
      'allowed',
      ['permissions-boundary', 'allowed', 'allowed-by-statement'],
    ],
    [
      'a boundary without an allow',
      { permissionsBoundary: { policies: [other] } },
      'denied',
      ['permissions-boundary', 'implicitly-denied', 'no-statement-allows'],
    ],
    [
      'one session policy of two that allows',
      { sessionPolicies: { policies: [other, identityAllow] } },
      'allowed',
      ['session-policy', 'allowed', 'allowed-by-statement'],
    ],
    [
      'a session policy that denies',
      { sessionPolicies: { policies: [deny, identityAllow] } },
      'denied',
      ['session-policy', 'explicitly-denied', 'denied-by-statement'],
    ],
    [
      'a boundary that cannot be read',
      { permissionsBoundary: { unreadable: 'access denied' } },
      'unknown',
      ['permissions-boundary', 'unknown', 'not-readable'],
    ],
    [
      'an invalid boundary',
      { permissionsBoundary: { policies: ['nonsense'] } },
      'unknown',
      ['permissions-boundary', 'unknown', 'invalid-policy'],
    ],
    [
      'a resource control policy',
      { resourceControlPolicies: { policies: [deny] } },
      'allowed',
      ['resource-control-policy', 'not-applicable', 'not-for-vpc-lattice'],
    ],
  ])('%s', (_name, limits, outcome, row) => {
    expect(decideWith(limits)).toEqual({ outcome, limits: [row] });
  });

  it('wants an allow at every level of service control policies', () => {
    expect(
      decideWith({ serviceControlPolicies: [allowAll, { policies: [other] }] }),
    ).toEqual({
      outcome: 'denied',
      limits: [
        ['service-control-policy', 'allowed', 'allowed-by-statement'],
        ['service-control-policy', 'implicitly-denied', 'no-statement-allows'],
      ],
    });
  });

  it('knows that NotPrincipal spares nobody with a boundary', () => {
    const service: DecideOptions['service'] = {
      authType: 'AWS_IAM',
      policy: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: '*',
            Action: 'vpc-lattice-svcs:Invoke',
            Resource: '*',
          },
          {
            Effect: 'Deny',
            NotPrincipal: { AWS: [ROLE, SESSION, '445566778899'] },
            Action: 'vpc-lattice-svcs:Invoke',
            Resource: '*',
          },
        ],
      },
    };
    const outcomeWith = (limits: PolicyLimits) =>
      decideWith(limits, { service }).outcome;

    expect(outcomeWith({ permissionsBoundary: allowAll })).toBe('denied');
    expect(outcomeWith({ sessionPolicies: allowAll })).toBe('unknown');
    expect(outcomeWith({ permissionsBoundary: { unreadable: 'no' } })).toBe(
      'unknown',
    );
  });

  it('leaves open whether a boundary limits a session that is named', () => {
    const limits = { permissionsBoundary: { policies: [other] } };
    const service = serviceOf({ AWS: SESSION });

    expect(decideWith(limits, { service }).outcome).toBe('unknown');
    expect(
      decideWith({ permissionsBoundary: { policies: [deny] } }, { service })
        .outcome,
    ).toBe('denied');
  });

  it.each<[string, DecideOptions['network'], string]>([
    ['that can not be read might', { unreadable: 'forbidden' }, 'unknown'],
    [
      'that is not valid might',
      { authType: 'AWS_IAM', policy: { Statement: [{}] } },
      'unknown',
    ],
    ['that does not exist does not', { authType: 'NONE' }, 'denied'],
  ])('an auth policy %s name the session', (_name, network, outcome) => {
    const limits = { permissionsBoundary: { policies: [other] } };

    expect(decideWith(limits, { network }).outcome).toBe(outcome);
  });

  it('does not apply to anonymous callers', () => {
    const request = { caller: ANONYMOUS, path: '/', serviceArn: SERVICE };

    expect(
      decideWith({ permissionsBoundary: { policies: [deny] } }, { request }),
    ).toEqual({
      outcome: 'allowed',
      limits: [
        ['permissions-boundary', 'not-applicable', 'not-for-anonymous-callers'],
      ],
    });
  });
});
