import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callerOf } from './callerOf.ts';

const principal = 'arn:aws:sts::123456789012:assumed-role/caller/session=1';

test('reads who called', () => {
  assert.deepEqual(
    callerOf({
      'x-amzn-lattice-identity': `Principal=${principal}; PrincipalOrgID=o-1; SessionName=session=1; Type=AWS_IAM`,
      'x-amzn-lattice-network':
        'SourceVpcArn=arn:aws:ec2:us-east-1:123456789012:vpc/vpc-1',
    }),
    {
      principal,
      sessionName: 'session=1',
      organization: 'o-1',
      sourceVpc: 'arn:aws:ec2:us-east-1:123456789012:vpc/vpc-1',
    },
  );
});

test('finds no caller where nobody signed', () => {
  for (const identity of [undefined, '', 'Principal=', 'Type=AWS_IAM', '=;;']) {
    assert.equal(
      callerOf({ 'x-amzn-lattice-identity': identity }),
      undefined,
      identity,
    );
  }
});

test('takes the first of two principals', () => {
  const identity = `Principal=${principal};Principal=arn:aws:iam::1:root`;
  assert.equal(
    callerOf({ 'x-amzn-lattice-identity': identity })?.principal,
    principal,
  );
});
