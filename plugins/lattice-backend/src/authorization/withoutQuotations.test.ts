import { decide, type PolicyStatement } from '@lattice-portal/auth-policy';
import { withheldLayers, withoutQuotations } from './withoutQuotations';

const serviceArn =
  'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0123456789abcdef0';
const callerArn = 'arn:aws:sts::667788990011:assumed-role/batch/any';
const secretArn = 'arn:aws:iam::556677889900:role/secret-caller';

const statement = (values: Partial<PolicyStatement>): PolicyStatement => ({
  Sid: 'SecretName',
  Effect: 'Allow',
  Principal: '*',
  Action: 'vpc-lattice-svcs:Invoke',
  Resource: '*',
  ...values,
});

/** What the service's policy says of a call, to one who may not read it. */
function serviceRow(...statements: PolicyStatement[]) {
  const verdict = decide({
    request: {
      caller: { kind: 'signed', arn: callerArn },
      serviceArn,
      method: 'GET',
      path: '/items/1',
      sourceVpc: 'vpc-5',
    },
    network: { authType: 'NONE' },
    service: {
      authType: 'AWS_IAM',
      policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    },
  });
  const withheld = new Set(['service'] as const);
  const shown = withoutQuotations(verdict, { withheld });
  expect(shown.outcome).toBe(verdict.outcome);
  expect(shown.layers[0]).toBe(verdict.layers[0]);
  expect(shown.layers[1].result).toBe(verdict.layers[1].result);
  return shown.layers[1];
}

describe('withoutQuotations', () => {
  it.each<[string, PolicyStatement[], string]>([
    [
      'who is let in',
      [statement({ Principal: { AWS: secretArn } })],
      'No statement of the service’s auth policy allows the call. The call misses the Principal of the nearest one. You may not read the policy itself.',
    ],
    [
      'the values of conditions',
      [
        statement({
          Condition: {
            StringEquals: { 'vpc-lattice-svcs:SourceVpc': 'vpc-9' },
          },
        }),
      ],
      'No statement of the service’s auth policy allows the call. The call misses the condition on vpc-lattice-svcs:SourceVpc of the nearest one. You may not read the policy itself.',
    ],
    [
      'the statement that denies',
      [statement({}), statement({ Effect: 'Deny' })],
      'A statement of the service’s auth policy denies the call. You may not read the policy itself.',
    ],
    [
      'the statement that allows',
      [statement({})],
      'A statement of the service’s auth policy allows the call. You may not read the policy itself.',
    ],
    [
      'what it hangs on',
      [
        statement({
          Condition: {
            StringEquals: { 'vpc-lattice-svcs:RequestHeader/x-secret': 'a' },
          },
        }),
      ],
      'What the service’s auth policy says of the call hangs on a condition on something that is not in the access log. You may not read the policy itself.',
    ],
  ])('does not tell %s', (_, statements, message) => {
    const row = serviceRow(...statements);
    expect(row.message).toBe(message);
    expect(row.nearest).toEqual([]);
    expect(row.statement).toBeUndefined();
    expect(JSON.stringify(row)).not.toMatch(/secret|vpc-9/i);
  });
});

describe('withheldLayers', () => {
  it('names the layers with a document that may not be read', () => {
    expect(
      withheldLayers(
        [
          { layer: 'network', resourceArn: 'network' },
          { layer: 'service', resourceArn: 'service' },
          { layer: 'identity' },
        ],
        arn => arn === 'service',
      ),
    ).toEqual(new Set(['network', 'identity']));
  });
});
