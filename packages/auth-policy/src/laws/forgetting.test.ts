import fc from 'fast-check';
import { check } from '../__testUtils__/check';
import {
  AnySituation,
  anySituation,
} from '../__testUtils__/arbitraries/anySituation';
import { optionsOf } from '../__testUtils__/optionsOf';
import { runs, timeout } from '../__testUtils__/runs';
import { decideOutcome } from '../decide/decideOutcome';
import { Caller } from '../types';

jest.setTimeout(timeout);

const OF_REQUEST = [
  'method',
  'path',
  'query',
  'headers',
  'port',
  'sourceVpc',
  'sourceVpcOwnerAccount',
  'serviceNetworkArn',
  'serviceTags',
  'time',
];
const OF_CALLER = ['roleArn', 'organizationId', 'tags'];
const LAYERS = ['network', 'service', 'identity'];

function forget(situation: AnySituation, names: string[]): AnySituation {
  const lost = (all: string[], value: unknown) =>
    Object.fromEntries(
      names.filter(name => all.includes(name)).map(name => [name, value]),
    );
  const { request } = situation;
  return {
    ...situation,
    ...lost(LAYERS, 'unreadable'),
    request: {
      ...request,
      ...lost(OF_REQUEST, undefined),
      caller: { ...request.caller, ...lost(OF_CALLER, undefined) } as Caller,
    },
  };
}

describe('forgetting', () => {
  it('a value made unknown only turns a verdict into unknown', () => {
    const names = fc.uniqueArray(
      fc.constantFrom(...OF_REQUEST, ...OF_CALLER, ...LAYERS),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(anySituation, names, (situation, forgotten) => {
        const partial = decideOutcome(optionsOf(forget(situation, forgotten)));
        if (partial === 'unknown') {
          return;
        }
        const full = decideOutcome(optionsOf(situation));

        check(partial === full, () => `${full} became ${partial}`);
      }),
      runs,
    );
  });
});
