import fc from 'fast-check';
import { decide } from '../decide/decide';
import { decideOutcome } from '../decide/decideOutcome';
import { AuthorizationRequest, DecideOptions } from '../types';
import { POOLS, request, statement } from './arbitraries';
import { OracleStatement, oracle } from './oracle';
import { runs, timeout } from './runs';

function optionsOf(
  statements: OracleStatement[],
  given: AuthorizationRequest,
): DecideOptions {
  return {
    request: given,
    network: { authType: 'NONE' },
    service: {
      authType: 'AWS_IAM',
      policy: { Version: '2012-10-17', Statement: statements },
    },
    identity: {
      policies: [
        { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
      ],
    },
  };
}

const statements = fc.array(statement, { maxLength: 5 });

describe('a second evaluator', () => {
  it(
    'decides the same where everything is known',
    () => {
      fc.assert(
        fc.property(statements, request, (list, given) => {
          const options = optionsOf(list, given);
          const expected = oracle(list, given);

          expect(decide(options).outcome).toBe(expected);
          expect(decideOutcome(options)).toBe(expected);
        }),
        runs,
      );
    },
    timeout,
  );

  it(
    'decides the same whatever a forgotten attribute is, if the engine is certain',
    () => {
      const names = Object.keys(POOLS) as Array<keyof typeof POOLS>;
      fc.assert(
        fc.property(
          statements,
          request,
          fc.constantFrom(...names),
          (list, given, name) => {
            const { outcome } = decide(
              optionsOf(list, { ...given, [name]: undefined }),
            );
            const possible = POOLS[name].map(value =>
              oracle(list, { ...given, [name]: value }),
            );

            for (const each of possible) {
              expect([each, 'unknown']).toContain(outcome);
            }
          },
        ),
        runs,
      );
    },
    timeout,
  );
});
