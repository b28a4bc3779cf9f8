import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';

const read = (path: string) =>
  readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

test('what is delivered is the policy that was tested', () => {
  const { spec } = parse(read('deploy/lattice/iam-auth-policy.yaml'));
  assert.deepEqual(
    JSON.parse(spec.policy),
    JSON.parse(read('auth-policy.json')),
  );
  assert.ok(!spec.policy.includes('\n'), 'VPC Lattice takes one line only');
});
