import { z } from 'zod';
import { DecideOptions, LayerResult, VerdictOutcome } from '../types';
import { parseCase } from './caseFile';
import { inputError } from './readCaseJson';

const outcome = z.enum(['allowed', 'denied', 'unknown']);
const result = z.enum([
  'allowed',
  'explicitly-denied',
  'implicitly-denied',
  'denied',
  'not-enforced',
  'not-applicable',
  'unknown',
]);

const expectation = z.union([
  outcome.transform(value => ({ outcome: value })),
  z
    .strictObject({
      outcome: outcome,
      network: result,
      service: result,
      identity: result,
      /** Sid or position of the statement that decides, in any layer. */
      statement: z.union([z.string(), z.number().int()]),
    })
    .partial(),
]);

const layer = z.record(z.string(), z.unknown());
const situation = {
  request: z.record(z.string(), z.unknown()).optional(),
  network: layer.optional(),
  service: layer.optional(),
  identity: z.record(z.string(), z.unknown()).nullish(),
  limits: z.record(z.string(), z.unknown()).optional(),
};

const schema = z.strictObject({
  ...situation,
  cases: z
    .array(
      z.strictObject({ name: z.string(), ...situation, expect: expectation }),
    )
    .min(1),
});

/** What a case of a suite expects; what is left out may be anything. */
export interface SuiteExpectation {
  outcome?: VerdictOutcome;
  network?: LayerResult;
  service?: LayerResult;
  identity?: LayerResult;
  statement?: string | number;
}

export interface SuiteCase {
  name: string;
  options: DecideOptions;
  expect: SuiteExpectation;
}

/**
 * Reads a suite: what its cases have in common, and the cases.
 *
 * @param options - `value`: the parsed YAML; `readPolicy`: gives the text of a policy
 * that is named as a file.
 * @throws `InputError` for a suite that isn't one.
 */
export async function parseSuite(options: {
  value: unknown;
  readPolicy: (path: string) => Promise<string>;
}): Promise<SuiteCase[]> {
  const { value, readPolicy } = options;
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw inputError(
      parsed.error.issues
        .map(({ path, message }) => `${path.join('.') || 'suite'}: ${message}`)
        .join('; '),
    );
  }
  const { cases, ...common } = parsed.data;
  const suite: SuiteCase[] = [];
  for (const { name, expect, ...own } of cases) {
    const merged = {
      network: { authType: 'NONE' },
      service: { authType: 'NONE' },
      ...common,
      ...own,
      request: { ...common.request, ...own.request },
    };
    try {
      const text = JSON.stringify(await withPolicies(merged, readPolicy));
      suite.push({ name, expect, options: parseCase(text).options });
    } catch (error) {
      throw inputError(
        `case "${name}": ${error instanceof Error ? error.message : error}`,
      );
    }
  }
  return suite;
}

/** Policies may be written in place or name a file. */
async function withPolicies(
  given: Record<string, unknown>,
  readPolicy: (path: string) => Promise<string>,
): Promise<Record<string, unknown>> {
  const load = async (policy: unknown) =>
    typeof policy === 'string' && !policy.trimStart().startsWith('{')
      ? readPolicy(policy)
      : policy;
  const loadMembers = async (value: unknown): Promise<unknown> => {
    if (Array.isArray(value)) {
      return Promise.all(value.map(loadMembers));
    }
    if (!isRecord(value)) {
      return value;
    }
    const loaded = { ...value };
    if ('policy' in value) {
      loaded.policy = await load(value.policy);
    }
    if (Array.isArray(value.policies)) {
      loaded.policies = await Promise.all(value.policies.map(load));
    }
    return loaded;
  };
  const { network, service, identity, limits } = given;
  return {
    ...given,
    network: await loadMembers(network),
    service: await loadMembers(service),
    identity: await loadMembers(identity),
    limits: isRecord(limits)
      ? Object.fromEntries(
          await Promise.all(
            Object.entries(limits).map(
              async ([name, value]) =>
                [name, await loadMembers(value)] as const,
            ),
          ),
        )
      : limits,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
