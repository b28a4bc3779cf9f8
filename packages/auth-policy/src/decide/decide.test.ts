import { RuleCase, SOURCES, optionsOf } from '../cases/RuleCase';
import { actionAndResourceCases } from '../cases/actionAndResourceCases';
import { combinationCases } from '../cases/combinationCases';
import { conditionCases } from '../cases/conditionCases';
import { keyCases } from '../cases/keyCases';
import { operatorCases } from '../cases/operatorCases';
import { principalCases } from '../cases/principalCases';
import { setCases } from '../cases/setCases';
import { transportCases } from '../cases/transportCases';
import { decide } from './decide';

const areas: Record<string, RuleCase[]> = {
  principals: principalCases,
  'actions and resources': actionAndResourceCases,
  conditions: conditionCases,
  'sets of values': setCases,
  'condition keys': keyCases,
  combination: combinationCases,
  operators: operatorCases,
  transport: transportCases,
};

describe.each(Object.entries(areas))('%s', (_area, cases) => {
  it.each(cases.map(each => [each.rule, SOURCES[each.source], each] as const))(
    '%s (%s)',
    (_rule, _source, ruleCase) => {
      const { outcome, layers } = decide(optionsOf(ruleCase));
      const row = layers.find(
        ({ layer }) => layer === (ruleCase.layer ?? 'service'),
      )!;
      const isInvalid = row.unknown.some(reason =>
        reason.startsWith('invalid policy: '),
      );

      expect({ outcome, result: row.result, isInvalid }).toEqual(
        expect.objectContaining(expected(ruleCase)),
      );
      expect(layers.map(({ layer }) => layer)).toEqual([
        'network',
        'service',
        'identity',
      ]);
      for (const { result, unknown, message } of layers) {
        expect(unknown.length > 0).toBe(result === 'unknown');
        expect(message).not.toBe('');
      }
    },
  );
});

function expected({ expect: expectation }: RuleCase): object {
  switch (expectation) {
    case 'invalid':
      return { result: 'unknown', isInvalid: true };
    case 'explicitly-denied':
      return { outcome: 'denied', result: expectation, isInvalid: false };
    default:
      return { outcome: expectation, isInvalid: false };
  }
}
