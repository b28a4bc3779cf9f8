import fc from 'fast-check';
import { situation } from '../__testUtils__/arbitraries/situation';
import { anySituation } from '../__testUtils__/arbitraries/anySituation';
import { optionsOf } from '../__testUtils__/optionsOf';
import { OracleSituation, failing } from '../__testUtils__/oracle';
import { decide } from '../decide/decide';
import { Verdict } from '../types';

// A law that is only ever tried on calls that nothing allows can't fail.

const COUNT = 2000;
const SAMPLE = { numRuns: COUNT, seed: 1 };

function shares(values: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) {
    counts[value] = (counts[value] ?? 0) + 1 / COUNT;
  }
  return counts;
}

function resultsOf(verdicts: Verdict[]) {
  return {
    outcome: shares(verdicts.map(({ outcome }) => outcome)),
    rows: shares(
      verdicts.flatMap(({ layers, limits = [] }) => [
        ...layers.map(({ layer, result }) => `${layer} ${result}`),
        ...limits.map(({ limit, result }) => `${limit} ${result}`),
      ]),
    ),
  };
}

/** Operators that differ in their comparison alone are of one family. */
function familyOf(operator: string): string {
  return operator
    .replace(/(IfExists)$/, ' IfExists')
    .replace(/(Equals|Like|LessThan|GreaterThan)+(IgnoreCase)?/, '');
}

/** How often statement elements and operators hold and fail, over all statements. */
function elementsOf(situations: OracleSituation[]): string[] {
  const seen: string[] = [];
  for (const each of situations) {
    const { network, service, identity } = each;
    const attached = [network, service].filter(
      layer => typeof layer !== 'string',
    );
    for (const statement of [...attached, ...identity].flat()) {
      const failed = failing(statement, each);
      const { Condition = {}, Effect: _, ...elements } = statement;
      for (const name of Object.keys(elements)) {
        seen.push(`${name} ${failed.includes(name) ? 'fails' : 'holds'}`);
      }
      for (const [operator, keys] of Object.entries(Condition)) {
        for (const key of Object.keys(keys)) {
          const result = failed.includes(`${operator} ${key}`)
            ? 'fails'
            : 'holds';
          seen.push(`${familyOf(operator)} ${result}`);
        }
      }
    }
  }
  return seen;
}

const ELEMENTS = [
  'Principal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
];
const FAMILIES = [
  'String',
  'StringNot',
  'Numeric',
  'NumericNot',
  'Date',
  'DateNot',
  'IpAddress',
  'NotIpAddress',
  'Arn',
  'ArnNot',
  'Binary',
  'Bool',
  'ForAllValues:String',
  'ForAllValues:StringNot',
  'ForAnyValue:String',
].flatMap(name => [name, `${name} IfExists`]);
const LAYERS = ['network', 'service', 'identity'];
const LIMITS = [
  'permissions-boundary',
  'session-policy',
  'service-control-policy',
];
const SURE = ['allowed', 'explicitly-denied', 'implicitly-denied'];

function pairs(names: string[], results: string[]): string[] {
  return names.flatMap(name => results.map(result => `${name} ${result}`));
}

/** The names that have too small a share. */
function rare(
  names: string[],
  given: Record<string, number>,
  least: number,
): string[] {
  return names.filter(name => (given[name] ?? 0) < least);
}

describe('what laws are tried on', () => {
  it('has every documented result, element and operator often enough', () => {
    const situations = fc.sample(situation, SAMPLE);
    const { outcome, rows } = resultsOf(
      situations.map(each => decide(optionsOf(each))),
    );
    const elements = shares(elementsOf(situations));

    expect(rare(['allowed', 'denied'], outcome, 0.2)).toEqual([]);
    expect(rare(pairs(LAYERS, SURE), rows, 0.01)).toEqual([]);
    expect(rare(pairs(LIMITS, SURE), rows, 0.001)).toEqual([]);
    expect(
      rare(
        [
          'network not-enforced',
          'service not-enforced',
          'identity not-applicable',
        ],
        rows,
        0.05,
      ),
    ).toEqual([]);
    const names = [...ELEMENTS, ...FAMILIES, 'Null'];
    expect(rare(pairs(names, ['holds', 'fails']), elements, 0.002)).toEqual([]);
    // Whom it names may be meant all the same, so it never surely fails.
    expect(rare(['NotPrincipal holds'], elements, 0.1)).toEqual([]);
  });

  it('has every open result often enough', () => {
    const situations = fc.sample(anySituation, SAMPLE);
    const { outcome, rows } = resultsOf(
      situations.map(each => decide(optionsOf(each))),
    );

    expect(rare(['allowed', 'denied', 'unknown'], outcome, 0.1)).toEqual([]);
    expect(
      rare(pairs(LAYERS, [...SURE, 'denied', 'unknown']), rows, 0.001),
    ).toEqual([]);
    expect(rare(pairs(LIMITS, ['unknown']), rows, 0.001)).toEqual([]);
  });
});
