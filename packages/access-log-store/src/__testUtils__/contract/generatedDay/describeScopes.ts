/* eslint-disable jest/no-export */
import type { CallScope, StoredCall } from '../../../types';
import { callsIn, linesIn } from '../../reference';
import { DAY, HOUR, WHOLE_DAY } from '../wholeDay';
import type { GeneratedDay } from './describeGeneratedDay';
import { testCallers } from './testCallers';
import { testCauses } from './testCauses';
import { testDeniedRequests } from './testDeniedRequests';
import { testEdges } from './testEdges';
import { testOutcomesOverTime } from './testOutcomesOverTime';

/** A store with the generated day, and what a scope has of it. */
export interface ScopedCalls extends GeneratedDay {
  scope: CallScope;
  /** Distinct calls in scope. */
  inScope: StoredCall[];
  /** How many lines of logs are in scope. */
  lineCount: number;
}

const scopes: [string, (picked: StoredCall) => CallScope][] = [
  ['a day', () => WHOLE_DAY],
  [
    'part of an hour',
    () => ({ from: DAY + 3.25 * HOUR, to: DAY + 7.5 * HOUR + 1 }),
  ],
  [
    'a service',
    ({ record }) => ({ ...WHOLE_DAY, serviceArns: [record.serviceArn] }),
  ],
  [
    'services from one on',
    ({ record }) => ({
      ...WHOLE_DAY,
      serviceRange: { from: record.serviceArn },
    }),
  ],
  [
    'services before one',
    ({ record }) => ({
      ...WHOLE_DAY,
      serviceRange: { from: 'arn:', before: record.serviceArn },
    }),
  ],
  ['a caller', ({ caller }) => ({ ...WHOLE_DAY, callerIds: [caller.id] })],
  [
    'a network',
    ({ record }) => ({
      ...WHOLE_DAY,
      serviceNetworkArns: [record.serviceNetworkArn!],
    }),
  ],
  [
    'calls of unknown network',
    () => ({ ...WHOLE_DAY, serviceNetworkArns: [undefined] }),
  ],
  [
    'a network, and calls of unknown network',
    ({ record }) => ({
      ...WHOLE_DAY,
      serviceNetworkArns: [record.serviceNetworkArn, undefined],
    }),
  ],
  ['no network', () => ({ ...WHOLE_DAY, serviceNetworkArns: ['arn:none'] })],
  ['nothing', () => ({ ...WHOLE_DAY, serviceArns: [] })],
  [
    'two accounts',
    ({ caller, record }) => ({
      ...WHOLE_DAY,
      accountIds: [caller.accountId ?? '', record.serviceArn.split(':')[4]],
    }),
  ],
];

/** The same questions about parts of the day. */
export function describeScopes(given: () => GeneratedDay): void {
  describe.each(scopes)('%s', (_, scopeOf) => {
    let scoped: ScopedCalls;

    beforeAll(() => {
      const { calls } = given();
      const scope = scopeOf(calls.find(({ caller }) => caller.accountId)!);
      scoped = {
        ...given(),
        scope,
        inScope: callsIn(calls, scope),
        lineCount: linesIn(calls, scope).length,
      };
    });

    testOutcomesOverTime(() => scoped);
    testCallers(() => scoped);
    testCauses(() => scoped);
    testEdges(() => scoped);
    testDeniedRequests(() => scoped);
  });
}
