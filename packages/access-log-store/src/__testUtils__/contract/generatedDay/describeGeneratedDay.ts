/* eslint-disable jest/no-export */
import type { AccessLogRecord } from '@lattice-portal/access-logs';
import type { AccessLogStore } from '../../../AccessLogStore';
import type { StoredCall } from '../../../types';
import { generatedCalls, storedCall } from '../../generatedCalls';
import type { CreateTestStore } from '../TestStore';
import { DAY, HOUR, NOW } from '../wholeDay';
import { describeScopes } from './describeScopes';
import { testAborting } from './testAborting';
import { testCallsByRequestId } from './testCallsByRequestId';
import { testCallShapes } from './testCallShapes';
import { testCompaction } from './testCompaction';

/** A store with a generated day. */
export interface GeneratedDay {
  store: AccessLogStore;
  /** Everything in it, from memory. */
  calls: StoredCall[];
  /** Keys of all its Parquet files. */
  keys(): Promise<string[]>;
}

/** Every question over a day of calls, a tenth of which two logs have. */
export function describeGeneratedDay(options: {
  create: CreateTestStore;
  lines: number;
}): void {
  const { create, lines } = options;

  describe('over a generated day', () => {
    let given: GeneratedDay;

    beforeAll(async () => {
      const generated = (await generatedCalls({ lines, seed: 7 })).map(
        ({ record }, index) => storedCall(overNetwork(record, index)),
      );
      const twins = generated
        .filter((_, index) => index % 10 === 0)
        .map(({ record }) =>
          storedCall(
            { ...record, other: { seenBy: 'service' } },
            { source: 'service-log', twin: true },
          ),
        );
      const calls = [...generated, ...twins];
      const { store, keys } = await create({ now: () => NOW });
      given = { store, calls, keys };
      for (let part = 0; part < 3; part++) {
        await store.append({
          id: `part ${part}`,
          calls: calls.filter((_, index) => index % 3 === part),
        });
      }
      const hoursRead = Array.from({ length: 24 }, (_, at) => DAY + at * HOUR);
      await store.append({ id: 'hours', hoursRead });
    }, 120_000);

    describeScopes(() => given);
    testCallsByRequestId(() => given);
    testCallShapes(() => given);
    testCompaction(() => given);
    testAborting(() => given);
  });
}

/** The generator has one network: some calls are over another, and of some it is not on record. */
function overNetwork(record: AccessLogRecord, index: number): AccessLogRecord {
  const { serviceNetworkArn } = record;
  const [isOther, isUnknown] = [index % 5 === 2, index % 7 === 3];
  return {
    ...record,
    serviceNetworkArn: isUnknown
      ? undefined
      : `${serviceNetworkArn}${isOther ? '-2' : ''}`,
  };
}
