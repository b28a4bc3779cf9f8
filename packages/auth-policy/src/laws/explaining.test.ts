import fc from 'fast-check';
import { changeDocuments } from '../__testUtils__/changeDocuments';
import { check } from '../__testUtils__/check';
import {
  AnySituation,
  anySituation,
} from '../__testUtils__/arbitraries/anySituation';
import { optionsOf } from '../__testUtils__/optionsOf';
import { OracleStatement } from '../__testUtils__/oracle';
import { runs, timeout } from '../__testUtils__/runs';
import { decide } from '../decide/decide';
import { decideOutcome } from '../decide/decideOutcome';
import { decideResults } from '../decide/decideResults';
import { LayerVerdict, LimitVerdict, Verdict } from '../types';

jest.setTimeout(timeout);

type Row = LayerVerdict | LimitVerdict;

function rowsOf({ layers, limits = [] }: Verdict): Row[] {
  return [...layers, ...limits];
}

/** The documents behind each row, in the order of the rows. */
function documentsOf(situation: AnySituation): OracleStatement[][][] {
  const { network, service, identity, limits } = situation;
  const { permissionsBoundary, sessionPolicies } = limits;
  return [
    typeof network === 'string' ? [] : [network],
    typeof service === 'string' ? [] : [service],
    typeof identity === 'string' ? [] : identity,
    ...(permissionsBoundary ? [permissionsBoundary] : []),
    ...(sessionPolicies ? [sessionPolicies] : []),
    ...limits.serviceControlPolicies,
  ];
}

/** What is wrong with a row of a verdict, if anything. */
function wrongWith(
  row: Row,
  documents: OracleStatement[][],
): string | undefined {
  const { result, statement, nearest, unknown } = row;
  if (unknown.length > 0 !== (result === 'unknown')) {
    return 'it hangs on something if, and only if, it is unknown';
  }
  const effectOf = ({ policyIndex = 0, index }: (typeof nearest)[number]) =>
    documents[policyIndex]?.[index]?.Effect;
  const isSure = result === 'allowed' || result === 'explicitly-denied';
  if (isSure !== Boolean(statement)) {
    return 'a statement decides if, and only if, it is sure';
  }
  if (
    statement &&
    effectOf({ ...statement, failed: [] }) !==
      (result === 'allowed' ? 'Allow' : 'Deny')
  ) {
    return 'the statement that decides has the other effect';
  }
  if (result === 'implicitly-denied') {
    const allows = documents.flat().filter(({ Effect }) => Effect === 'Allow');
    if (nearest.length !== allows.length) {
      return 'an implicit denial misses every allow';
    }
  } else if (
    nearest.length > 0 &&
    result !== 'denied' &&
    // Where it is open whether the lack of an allow denies.
    result !== 'unknown'
  ) {
    return 'only the lack of an allow has misses';
  }
  // A statement that is said to miss has something that fails.
  return nearest.some(
    miss => effectOf(miss) !== 'Allow' || miss.failed.length === 0,
  )
    ? 'a miss is an allow of which something fails'
    : undefined;
}

describe('explaining', () => {
  it('explain agrees with decide', () => {
    fc.assert(
      fc.property(anySituation, situation => {
        const options = optionsOf(situation);
        const verdict = decide(options);
        const outcome = decideOutcome(options);
        check(
          verdict.outcome === outcome,
          () => `${outcome}, but explained as ${verdict.outcome}`,
        );
        const results = decideResults(options);
        for (const { layer, result } of verdict.layers) {
          check(
            results[layer] === result,
            () => `${layer}: ${results[layer]}, but explained as ${result}`,
          );
        }
        const documents = documentsOf(situation);
        rowsOf(verdict).forEach((row, index) => {
          const problem = wrongWith(row, documents[index]);
          check(!problem, () => `${problem}: ${JSON.stringify(row)}`);
        });
      }),
      runs,
    );
  });

  it('the order of statements does not matter', () => {
    const print = (verdict: Verdict) =>
      [
        verdict.outcome,
        ...rowsOf(verdict).map(({ result, unknown }) =>
          [result, ...[...unknown].sort()].join(),
        ),
      ].join('\n');
    fc.assert(
      fc.property(anySituation, fc.nat({ max: 4 }), (situation, turn) => {
        const forward = decide(optionsOf(situation));
        const backward = decide(
          optionsOf(
            changeDocuments(situation, list =>
              [...list.slice(turn), ...list.slice(0, turn)].reverse(),
            ),
          ),
        );
        check(
          print(forward) === print(backward),
          () => `${print(forward)}\nbecame\n${print(backward)}`,
        );
      }),
      runs,
    );
  });
});
