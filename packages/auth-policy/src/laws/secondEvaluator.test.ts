import fc from 'fast-check';
import { mostly } from '../__testUtils__/arbitraries/mostly';
import {
  CALLER_POOLS,
  POOLS,
  request,
} from '../__testUtils__/arbitraries/request';
import { situation } from '../__testUtils__/arbitraries/situation';
import { check } from '../__testUtils__/check';
import { optionsOf } from '../__testUtils__/optionsOf';
import {
  OracleSituation,
  OracleStatement,
  failing,
  oracle,
} from '../__testUtils__/oracle';
import { runs, timeout } from '../__testUtils__/runs';
import { decide } from '../decide/decide';
import { decideOutcome } from '../decide/decideOutcome';
import { LayerVerdict, LimitVerdict, StatementReference } from '../types';

jest.setTimeout(timeout);

const NAMES = [...Object.keys(POOLS), ...Object.keys(CALLER_POOLS)];

/** The situation with one attribute changed, or forgotten if it is undefined. */
function withAttribute(
  given: OracleSituation,
  name: string,
  value: unknown,
): OracleSituation {
  const { request: old } = given;
  return {
    ...given,
    request:
      name in POOLS
        ? { ...old, [name]: value }
        : { ...old, caller: { ...old.caller, [name]: value } },
  };
}

/** What a situation may be, of which attributes are forgotten. */
function possibilities(
  given: OracleSituation,
  forgotten: string[],
): OracleSituation[] {
  return forgotten.reduce(
    (all, name) =>
      all.flatMap(each =>
        ({ ...POOLS, ...CALLER_POOLS }[name as keyof typeof POOLS].map(value =>
          withAttribute(each, name, value),
        )),
      ),
    [given],
  );
}

/** The statements behind each row of a verdict. */
function statementsOf(given: OracleSituation): OracleStatement[][][] {
  const { network, service, identity, limits } = given;
  const { permissionsBoundary, sessionPolicies } = limits;
  return [
    ...[network, service].map(layer =>
      typeof layer === 'string' ? [] : [layer],
    ),
    identity,
    ...(permissionsBoundary ? [permissionsBoundary] : []),
    ...(sessionPolicies ? [sessionPolicies] : []),
    ...limits.serviceControlPolicies,
  ];
}

type Row = LayerVerdict | LimitVerdict;
type Call = Pick<OracleSituation, 'request' | 'version'>;

/** Fails if a row says of a statement what the oracle doesn't. */
function checkReasons(row: Row, documents: OracleStatement[][], call: Call) {
  const failingOf = ({ policyIndex = 0, index }: StatementReference) =>
    failing(documents[policyIndex][index], call).sort().join();
  const { statement, nearest } = row;
  if (statement) {
    check(
      failingOf(statement) === '',
      () => `statement ${statement.index} decides, but does not apply`,
    );
  }
  for (const miss of nearest) {
    const explained = miss.failed
      .map(({ element, operator, key }) =>
        element === 'Condition' ? `${operator} ${key}` : element,
      )
      .sort()
      .join();
    check(
      explained === failingOf(miss),
      () =>
        `statement ${miss.index} fails by ${failingOf(
          miss,
        )}, not by ${explained}`,
    );
  }
}

function checkAgainstOracle(given: OracleSituation) {
  const options = optionsOf(given);
  const expected = oracle(given);
  const { outcome, layers, limits = [] } = decide(options);
  const rows = [...layers, ...limits];
  const results = rows.map(({ result }) => result);
  check(
    `${outcome} ${results}` === `${expected.outcome} ${expected.layers}`,
    () =>
      `${outcome} by ${results}, but the oracle says ${expected.outcome} by ${expected.layers}`,
  );
  check(
    decideOutcome(options) === expected.outcome,
    () => 'the outcome alone differs',
  );
  const statements = statementsOf(given);
  rows.forEach((row, index) => checkReasons(row, statements[index], given));
}

/** Fails if what is certain without some attributes is wrong for one of their values. */
function checkWithout(given: OracleSituation, forgotten: string[]) {
  const partial = forgotten.reduce(
    (all, name) => withAttribute(all, name, undefined),
    given,
  );
  const outcome = decideOutcome(optionsOf(partial));
  if (outcome === 'unknown') {
    return;
  }
  for (const each of possibilities(given, forgotten)) {
    const possible = oracle(each).outcome;
    check(
      possible === outcome,
      () => `${outcome}, but ${possible} for ${JSON.stringify(each.request)}`,
    );
  }
}

describe('a second evaluator', () => {
  it('decides and explains the same, and is right where the engine is certain without some attributes', () => {
    const name = fc.constantFrom(...NAMES);
    const forgotten = mostly(
      fc.tuple(name),
      fc.uniqueArray(name, { minLength: 2, maxLength: 2 }),
    );
    fc.assert(
      fc.property(
        situation,
        // A policy remembers callers and paths, so it meets several.
        request,
        forgotten,
        (given, other, names) => {
          checkAgainstOracle(given);
          checkAgainstOracle({ ...given, request: other });
          checkWithout(given, names);
        },
      ),
      runs,
    );
  });
});
