import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { check } from '../__testUtils__/check';
import { anyStatement } from '../__testUtils__/arbitraries/anyStatement';
import { runs, timeout } from '../__testUtils__/runs';
import { writtenPolicy } from '../__testUtils__/writtenPolicy';
import { printPolicy } from '../compact/printPolicy';
import { PolicyKind } from '../parse/Policy';
import { parsePolicy } from '../parse/parsePolicy';

jest.setTimeout(timeout);

interface Written {
  kind: PolicyKind;
  document: object;
}

const withStatements = (kind: PolicyKind): fc.Arbitrary<Written> =>
  fc
    .record({
      // An identity-based policy has none.
      Id: fc.constantFrom(
        undefined,
        ...(kind === 'resource' ? ['', 'a"b', '__proto__'] : []),
      ),
      Statement: fc.array(anyStatement[kind], { maxLength: 3 }),
    })
    .map(each => ({ kind, document: { Version: '2012-10-17', ...each } }));
const written = fc.oneof(
  writtenPolicy.map((document): Written => ({ kind: 'resource', document })),
  withStatements('resource'),
  withStatements('identity'),
);

/** What is wrong with a document that is read, printed and read again, if anything. */
function wrongWith({ kind, document }: Written): string | undefined {
  const first = parsePolicy(JSON.stringify(document), { kind });
  if (!first.ok) {
    return `not valid: ${JSON.stringify(first.problems)}`;
  }
  const printed = printPolicy(first.policy);
  const second = parsePolicy(printed, { kind });
  return isDeepStrictEqual(second, first)
    ? undefined
    : `another policy: ${printed}`;
}

describe('printing', () => {
  it('reading what was printed gives the same policy', () => {
    fc.assert(
      fc.property(written, each => {
        const problem = wrongWith(each);

        check(!problem, () => problem!);
      }),
      runs,
    );
    const odd = JSON.parse(
      '{"Statement":{"Effect":"Deny","NotPrincipal":{"AWS":[]},"NotAction":[],"Resource":[],"Condition":{"NumericEquals":{"__proto__":1.50e1},"Bool":{}}}}',
    );
    expect(wrongWith({ kind: 'resource', document: odd })).toBeUndefined();
  });
});
