import fc from 'fast-check';
import {
  ANONYMOUS,
  optionsOf as ofCase,
  RuleCase,
  SERVICE,
} from '../cases/RuleCase';
import { anySituation } from '../__testUtils__/arbitraries/anySituation';
import { check } from '../__testUtils__/check';
import { optionsOf } from '../__testUtils__/optionsOf';
import { runs, timeout } from '../__testUtils__/runs';
import { decide } from '../decide/decide';
import { decideOutcome } from '../decide/decideOutcome';
import { decideResults } from '../decide/decideResults';
import { combineLayers } from '../decide/combineLayers';
import { Caller, DecideOptions, OpenRequest, VerdictOutcome } from '../types';

jest.setTimeout(timeout);

/** A run looks at many callers. */
const fewer = { numRuns: Math.min(runs.numRuns, 4000) };
const ACCOUNT = '445566778899';
const CALLERS: Caller[] = [
  ANONYMOUS,
  ...[
    `arn:aws:sts::${ACCOUNT}:assumed-role/orders-client/i-1`,
    `arn:aws:iam::${ACCOUNT}:role/orders-client`,
    `arn:aws:iam::${ACCOUNT}:user/ann`,
    `arn:aws:iam::${ACCOUNT}:root`,
    `arn:aws:sts::${ACCOUNT}:federated-user/ann`,
    'arn:aws:sts::111111111111:assumed-role/other/i-1',
    'arn:aws:iam::111111111111:role/other',
    'odd',
  ].flatMap((arn): Caller[] => [
    { kind: 'signed', arn },
    { kind: 'signed', arn, organizationId: 'none', tags: {} },
    { kind: 'signed', arn, organizationId: 'a', tags: { t: 'a', u: '*' } },
  ]),
];

function ofNobodyKnown(options: DecideOptions): DecideOptions<OpenRequest> {
  return {
    ...options,
    request: { ...options.request, caller: { kind: 'unknown' } },
  };
}

describe('an unknown caller', () => {
  it('is decided on only as every caller is', () => {
    fc.assert(
      fc.property(anySituation, situation => {
        const options = optionsOf(situation);
        const open = decideOutcome(ofNobodyKnown(options));
        if (open === 'unknown') {
          return;
        }
        for (const caller of [situation.request.caller, ...CALLERS]) {
          const outcome = decideOutcome({
            ...options,
            request: { ...options.request, caller },
          });
          check(
            outcome === open,
            () => `${open}, but ${outcome} of ${JSON.stringify(caller)}`,
          );
        }
      }),
      fewer,
    );
  });

  it('is told of in one way by all that decide', () => {
    fc.assert(
      fc.property(anySituation, situation => {
        const options = ofNobodyKnown(optionsOf(situation));
        const { layers, limits = [], outcome } = decide(options);
        const results = Object.entries(decideResults(options));

        expect(outcome).toBe(decideOutcome(options));
        expect(layers.map(({ layer, result }) => [layer, result])).toEqual(
          results,
        );
        expect(combineLayers([...layers, ...limits])).toBe(outcome);
        for (const { result, unknown } of layers) {
          expect(unknown.length > 0).toBe(result === 'unknown');
        }
      }),
      fewer,
    );
  });

  const toOrders = { Resource: '*/orders/*' };
  const toRates = { Resource: '*/rates' };
  const ofRole = { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/orders` } };
  const ofOrganization = {
    Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
  };
  const who = ['caller: who calls is not known'];

  it.each<[string, Partial<RuleCase>, VerdictOutcome, string[]?]>([
    ['an allow for everybody', { statements: [{}] }, 'allowed'],
    ['no allow', { statements: [toOrders] }, 'denied'],
    ['an allow for a role', { statements: [ofRole] }, 'unknown', who],
    [
      'an allow for a role, of something else',
      { statements: [{ ...ofRole, ...toOrders }] },
      'denied',
    ],
    [
      'an allow for an organization',
      { statements: [ofOrganization] },
      'unknown',
      who,
    ],
    [
      'an allow for an organization beside one for everybody',
      { statements: [ofOrganization], besideAllow: true },
      'allowed',
    ],
    [
      'a deny for everybody',
      { statements: [{ Effect: 'Deny', ...toRates }], besideAllow: true },
      'denied',
    ],
    [
      'a deny for a role',
      { statements: [{ Effect: 'Deny', ...ofRole }], besideAllow: true },
      'unknown',
      who,
    ],
    [
      'a deny for a role, of something else',
      {
        statements: [{ Effect: 'Deny', ...ofRole, ...toOrders }],
        besideAllow: true,
      },
      'allowed',
    ],
    [
      'a deny for all but a role',
      {
        statements: [{ Effect: 'Deny', NotPrincipal: ofRole.Principal }],
        besideAllow: true,
      },
      'unknown',
      who,
    ],
    [
      'a deny for those who did not sign',
      {
        statements: [
          {
            Effect: 'Deny',
            Condition: { StringEquals: { 'aws:PrincipalType': 'Anonymous' } },
          },
        ],
        besideAllow: true,
      },
      'unknown',
      who,
    ],
    [
      "a caller's tag in the path",
      { statements: [{ Resource: `${SERVICE}/\${aws:PrincipalTag/team}` }] },
      'unknown',
      who,
    ],
    [
      'identity-based policies that allow nothing, of which the anonymous have none',
      { statements: [{}], identity: { policies: [] } },
      'unknown',
      who,
    ],
    [
      'identity-based policies that allow nothing, where the service refuses all',
      { statements: [toOrders], identity: { policies: [] } },
      'denied',
      who,
    ],
  ])('%s', (_, given, outcome, reasons = []) => {
    const options = ofCase({
      rule: '',
      source: 'lattice',
      expect: 'unknown',
      statements: [],
      ...given,
    });
    const verdict = decide(ofNobodyKnown(options));

    expect(verdict.outcome).toBe(outcome);
    expect(verdict.layers.flatMap(({ unknown }) => unknown)).toEqual(reasons);
  });

  it('counts as anonymous where nobody is seen to sign', () => {
    const options = ofCase({
      rule: '',
      source: 'tls',
      expect: 'allowed',
      statements: [ofRole],
      besideAllow: true,
      request: { transport: 'tls-passthrough', path: undefined },
    });
    const { layers } = decide(ofNobodyKnown(options));

    expect(layers[2].result).toBe('not-applicable');
  });
});
