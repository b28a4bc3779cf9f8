import fc from 'fast-check';
import { packUseGroups, unpackUseGroups } from './packedUseGroups';

const optionalText = fc.option(fc.string(), { nil: undefined });
const count = fc.nat();

const group = fc
  .record({
    callerId: fc.string(),
    callerAccountId: optionalText,
    serviceArn: fc.string(),
  })
  .chain(parties => {
    const call = fc.option(
      fc
        .record({ time: count, method: optionalText, path: optionalText })
        .map(own => ({ ...parties, ...own })),
      { nil: undefined },
    );
    return fc.record({
      ...Object.fromEntries(
        Object.entries(parties).map(([key, value]) => [
          key,
          fc.constant(value),
        ]),
      ),
      serviceNetworkArn: optionalText,
      calls: count,
      uses: fc.array(
        fc.record({
          index: count,
          calls: count,
          last: call,
          possibleCalls: count,
          lastPossible: call,
          reasons: fc.array(fc.string()),
        }),
      ),
    });
  }) as fc.Arbitrary<Parameters<typeof packUseGroups>[0][number]>;

describe('packUseGroups', () => {
  it('keeps all of a group', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(group), async groups => {
        expect(await unpackUseGroups(await packUseGroups(groups))).toEqual(
          groups,
        );
      }),
    );
  });
});
