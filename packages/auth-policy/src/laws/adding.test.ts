import fc from 'fast-check';
import { changeDocument } from '../__testUtils__/changeDocuments';
import { check } from '../__testUtils__/check';
import {
  AnySituation,
  anySituation,
} from '../__testUtils__/arbitraries/anySituation';
import { anyStatement } from '../__testUtils__/arbitraries/anyStatement';
import { optionsOf } from '../__testUtils__/optionsOf';
import { runs, timeout } from '../__testUtils__/runs';
import { decideOutcome } from '../decide/decideOutcome';
import { VerdictOutcome } from '../types';

jest.setTimeout(timeout);

const RANK = { denied: 0, unknown: 1, allowed: 2 };

const addition = fc.record({
  choice: fc.nat({ max: 19 }),
  resource: anyStatement.resource,
  identity: anyStatement.identity,
});

/** The outcome with another statement in one of the documents. */
function outcomeWith(
  situation: AnySituation,
  added: typeof addition extends fc.Arbitrary<infer T> ? T : never,
  effect: 'Allow' | 'Deny',
): VerdictOutcome {
  const changed = changeDocument({
    situation,
    choice: added.choice,
    change: (list, kind) => {
      const { NotPrincipal, ...rest } = added[kind];
      return [
        ...list,
        {
          // An allow has no NotPrincipal.
          ...(NotPrincipal && effect === 'Allow'
            ? { Principal: NotPrincipal, ...rest }
            : added[kind]),
          Effect: effect,
        },
      ];
    },
  });
  return decideOutcome(optionsOf(changed));
}

describe('adding a statement', () => {
  it('adding a deny never allows more', () => {
    fc.assert(
      fc.property(anySituation, addition, (situation, added) => {
        const after = outcomeWith(situation, added, 'Deny');
        if (after === 'denied') {
          return;
        }
        const before = decideOutcome(optionsOf(situation));

        check(RANK[after] <= RANK[before], () => `${before} became ${after}`);
      }),
      runs,
    );
  });

  it('adding an allow never allows less', () => {
    fc.assert(
      fc.property(anySituation, addition, (situation, added) => {
        const after = outcomeWith(situation, added, 'Allow');
        if (after === 'allowed') {
          return;
        }
        const before = decideOutcome(optionsOf(situation));

        check(RANK[after] >= RANK[before], () => `${before} became ${after}`);
      }),
      runs,
    );
  });
});
