import fc from 'fast-check';
import { mostly } from '../__testUtils__/arbitraries/mostly';
import { request } from '../__testUtils__/arbitraries/request';
import { situation } from '../__testUtils__/arbitraries/situation';
import { check } from '../__testUtils__/check';
import { anyRequest } from '../__testUtils__/arbitraries/anyRequest';
import { anySituation } from '../__testUtils__/arbitraries/anySituation';
import { writtenOptionsOf } from '../__testUtils__/optionsOf';
import { oracle } from '../__testUtils__/oracle';
import { runs, slowRuns, timeout } from '../__testUtils__/runs';
import { decideOutcome } from '../decide/decideOutcome';
import { applyEdits } from '../synthesize/applyEdits';
import { PolicyEdit } from '../synthesize/PolicyEdit';
import { synthesize } from '../synthesize/synthesize';
import { AuthorizationRequest, PolicyDocument } from '../types';

jest.setTimeout(timeout);

const oddPath = fc
  .array(fc.constantFrom('orders', '1041', '*', 'a?b', '$', '${*}', 'é'), {
    minLength: 1,
    maxLength: 3,
  })
  .map(parts => `/${parts.join('/')}`);

function calls(
  requests: fc.Arbitrary<AuthorizationRequest>,
): fc.Arbitrary<AuthorizationRequest[]> {
  const call = fc
    .tuple(requests, fc.option(oddPath, { nil: undefined }))
    .map(([each, path]) => ({ ...each, path: path ?? each.path }));
  return mostly(fc.tuple(call), fc.array(call, { minLength: 2, maxLength: 3 }));
}

const options = fc.record({
  sidPrefix: fc.constant('A'),
  generalise: fc.boolean(),
  limitToSourceVpc: fc.boolean(),
});

function printAfter(edits: PolicyEdit[]): string {
  return edits.map(({ after }) => after).join('\n');
}

describe('synthesizing', () => {
  it('synthesize flips every denial that no statement or limit makes final', () => {
    /** What adding can't overcome, by the oracle. */
    const isFinal = ({ layers }: ReturnType<typeof oracle>) =>
      layers.some(
        (layer, index) =>
          layer === 'explicitly-denied' ||
          layer === 'unknown' ||
          // Beyond network, service and identity are limits.
          (layer === 'implicitly-denied' && index > 2),
      );
    fc.assert(
      fc.property(
        situation,
        calls(request),
        options,
        (given, requests, rest) => {
          const written = writtenOptionsOf(given);
          const denials = requests.map(each => ({ ...written, request: each }));
          const { edits, blocked } = synthesize({ denials, ...rest });
          requests.forEach((each, index) => {
            const { message } =
              blocked.find(block => block.index === index) ?? {};
            const expected = oracle({ ...given, request: each });
            check(
              isFinal(expected) === (message !== undefined),
              () => `blocked by ${message}, with ${expected.layers}`,
            );
            if (message !== undefined) {
              return;
            }
            const outcome = decideOutcome(applyEdits(denials[index], edits));
            check(
              outcome === 'allowed',
              () => `${outcome} after ${printAfter(edits)}`,
            );
          });
          for (const { before, after } of edits) {
            const { Statement = [] } = (before ?? {}) as PolicyDocument;
            check(
              [Statement]
                .flat()
                .every(each => after.includes(JSON.stringify(each))),
              () => `a statement that was there changed: ${after}`,
            );
          }
        },
      ),
      runs,
    );
  });

  it('synthesize says which denials it may not flip, where not everything is documented', () => {
    fc.assert(
      fc.property(
        anySituation,
        calls(anyRequest),
        options,
        (given, requests, rest) => {
          const written = writtenOptionsOf(given);
          const denials = requests.map(each => ({ ...written, request: each }));
          const { edits, blocked } = synthesize({ denials, ...rest });
          denials.forEach((denial, index) => {
            const isBlocked = blocked.some(block => block.index === index);
            const outcome = decideOutcome(applyEdits(denial, edits));
            check(
              (outcome === 'allowed') !== isBlocked,
              () => `${outcome} after ${printAfter(edits)}`,
            );
          });
        },
      ),
      slowRuns,
    );
  });
});
