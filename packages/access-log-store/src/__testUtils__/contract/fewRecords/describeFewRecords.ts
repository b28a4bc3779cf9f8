/* eslint-disable jest/no-export */
import type { CreateTestStore, TestStore } from '../TestStore';
import { DAY, HOUR } from '../wholeDay';
import { testAppending } from './testAppending';
import { testCallsOfOneId } from './testCallsOfOneId';
import { testDeletion } from './testDeletion';
import { testFilters } from './testFilters';
import { testGaps } from './testGaps';
import { testHostileText } from './testHostileText';
import { testKeeping } from './testKeeping';
import { testPaging } from './testPaging';

const FIRST_NOW = DAY + 10 * HOUR;

/** An empty store of which one log could not be read. */
export interface FewRecords extends TestStore {
  /** Lets the store's clock go on. */
  passTime(milliseconds: number): void;
}

/** What a few records show best, each in a store of its own. */
export function describeFewRecords(options: {
  create: CreateTestStore;
  runs: number;
}): void {
  const { create, runs } = options;

  describe('with few records', () => {
    let test: FewRecords;

    beforeEach(async () => {
      let time = FIRST_NOW;
      const made = await create({
        now: () => time,
        sourceGaps: async () => [
          { kind: 'source', source: 'arn:logs', reason: 'AccessDenied' },
        ],
      });
      test = {
        ...made,
        passTime: milliseconds => {
          time += milliseconds;
        },
      };
    });

    testKeeping(() => test);
    testGaps(() => test);
    testAppending(() => test);
    testDeletion(() => test);
    testPaging(() => test);
    testCallsOfOneId(() => test);
    testFilters(() => test);
    testHostileText(() => test, { runs });
  });
}
