import { ANONYMOUS, SERVICE, signed } from '../cases/RuleCase';
import { DecideOptions } from '../types';
import { compilePolicy } from './compilePolicy';
import { decide } from './decide';

const allow = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
};
const identityAllow = {
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
};

function decideWith(changes: Partial<DecideOptions>) {
  const { outcome, layers } = decide({
    request: { caller: signed(), path: '/', serviceArn: SERVICE },
    network: { authType: 'NONE' },
    service: { authType: 'AWS_IAM', policy: allow },
    identity: { policies: [identityAllow] },
    ...changes,
  });
  return {
    outcome,
    results: layers.map(({ result }) => result),
    unknown: layers.flatMap(({ unknown }) => unknown),
    layers,
  };
}

describe('layers', () => {
  it('denies everything under AWS_IAM without a policy', () => {
    expect(decideWith({ service: { authType: 'AWS_IAM' } })).toMatchObject({
      outcome: 'denied',
      results: ['not-enforced', 'implicitly-denied', 'allowed'],
    });
  });

  it('does not look at the policy of an auth type NONE', () => {
    expect(
      decideWith({ network: { authType: 'NONE', policy: 'nonsense' } }),
    ).toMatchObject({ outcome: 'allowed', unknown: [] });
  });

  it('leaves open whether a signed call needs an identity allow if nothing is enforced', () => {
    const none = { authType: 'NONE' } as const;
    expect(
      decideWith({ service: none, identity: { policies: [] } }),
    ).toMatchObject({
      outcome: 'unknown',
      results: ['not-enforced', 'not-enforced', 'unknown'],
      unknown: [expect.stringContaining('open rule')],
    });
    expect(
      decideWith({
        service: none,
        network: { unreadable: 'throttled' },
        identity: { policies: [] },
      }).outcome,
    ).toBe('unknown');
    expect(decideWith({ service: none, request: anonymous() })).toMatchObject({
      outcome: 'allowed',
      results: ['not-enforced', 'not-enforced', 'not-applicable'],
    });
  });

  it('says why a layer is unknown, and denies all the same where another layer is sure', () => {
    expect(
      decideWith({
        network: { unreadable: 'no role to read account 001122334455' },
      }),
    ).toMatchObject({
      outcome: 'unknown',
      unknown: ['network: no role to read account 001122334455'],
    });
    expect(
      decideWith({
        network: { unreadable: 'no role' },
        identity: { policies: [] },
      }).outcome,
    ).toBe('denied');
  });

  it('lists the problems of an invalid document and never evaluates it', () => {
    const policy = '{"Statement": {\n  "Effect": "allow"}}';
    const { results, unknown, outcome } = decideWith({
      service: { authType: 'AWS_IAM', policy },
    });

    expect(results[1]).toBe('unknown');
    expect(outcome).toBe('unknown');
    expect(unknown).toContain(
      'invalid policy: $.Statement.Effect: Effect must be Allow or Deny (line 2, column 13)',
    );
    expect(unknown).toHaveLength(4);
  });

  it('tells which of several identity policies decides', () => {
    const { layers } = decideWith({
      identity: {
        policies: [
          { Statement: [] },
          {
            Statement: {
              Sid: 'Stop',
              Effect: 'Deny',
              Action: '*',
              Resource: '*',
            },
          },
          'not a policy',
        ],
      },
    });

    expect(layers[2]).toMatchObject({
      result: 'explicitly-denied',
      statement: { index: 0, sid: 'Stop', policyIndex: 1 },
      message:
        "Statement Stop (policy number 2) of the caller's identity-based policies denies the call.",
    });
  });

  it('knows a certain denial of which only the kind is open', () => {
    const { layers, outcome } = decideWith({
      service: {
        authType: 'AWS_IAM',
        policy: {
          Statement: {
            ...allow.Statement,
            Effect: 'Deny',
            Condition: {
              StringEquals: { 'vpc-lattice-svcs:RequestMethod': 'GET' },
            },
          },
        },
      },
    });

    expect(outcome).toBe('denied');
    expect(layers[1].result).toBe('denied');
  });

  it('takes compiled policies', () => {
    expect(
      decideWith({
        service: { authType: 'AWS_IAM', policy: compilePolicy(allow) },
      }).outcome,
    ).toBe('allowed');
    expect(() =>
      compilePolicy(compilePolicy(allow), { kind: 'identity' }),
    ).toThrow('compiled as resource');
    // A text is kept from its second use on.
    const text = JSON.stringify(allow);
    compilePolicy(text);
    expect(compilePolicy(text)).toBe(compilePolicy(text));
  });
});

function anonymous(): DecideOptions['request'] {
  return { caller: ANONYMOUS, path: '/', serviceArn: SERVICE };
}
