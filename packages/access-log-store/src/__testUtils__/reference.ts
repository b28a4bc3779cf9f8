import {
  emptyOutcomeCounts,
  isDenied,
} from '@lattice-portal/plugin-lattice-common';
import { pathShape } from '@lattice-portal/access-logs';
import type { CallScope, StoredCall } from '../types';
import { accountIdOf } from '../schema/accountIdOf';

/** Calls in scope, straight from memory. */
export function linesIn(calls: StoredCall[], scope: CallScope): StoredCall[] {
  const allows = (values: readonly unknown[] | undefined, ...of: unknown[]) =>
    !values || of.some(value => values.includes(value));
  const { from = '', before } = scope.serviceRange ?? {};
  return calls.filter(
    ({ record, caller }) =>
      record.serviceArn >= from &&
      (before === undefined || record.serviceArn < before) &&
      record.timestamp >= scope.from &&
      record.timestamp < scope.to &&
      allows(scope.serviceArns, record.serviceArn) &&
      allows(scope.callerIds, caller.id) &&
      allows(scope.serviceNetworkArns, record.serviceNetworkArn) &&
      allows(
        scope.accountIds,
        caller.accountId,
        accountIdOf(record.serviceArn),
      ),
  );
}

/** Distinct calls: without those that another log has too. */
export function callsIn(calls: StoredCall[], scope: CallScope): StoredCall[] {
  return linesIn(calls, scope).filter(({ twin }) => !twin);
}

/** Groups calls by something that JSON tells apart. */
export function grouped(
  calls: StoredCall[],
  by: (call: StoredCall) => unknown,
): StoredCall[][] {
  const groups = new Map<string, StoredCall[]>();
  for (const call of calls) {
    const key = JSON.stringify(by(call));
    const group = groups.get(key);
    if (group) {
      group.push(call);
    } else {
      groups.set(key, [call]);
    }
  }
  return [...groups.values()];
}

/** Calls by outcome. */
export function countsIn(calls: StoredCall[]) {
  const counts = emptyOutcomeCounts();
  for (const { outcome } of calls) {
    counts[outcome]++;
  }
  return counts;
}

/** When the first and the last of them were. */
export function seen(calls: StoredCall[]) {
  const times = calls.map(({ record }) => record.timestamp);
  return {
    firstSeen: times.reduce((a, b) => Math.min(a, b)),
    lastSeen: times.reduce((a, b) => Math.max(a, b)),
  };
}

/** Newest first, and in the order of their keys within a millisecond. */
export function newestFirst(calls: StoredCall[]): StoredCall[] {
  return [...calls].sort(
    (a, b) =>
      b.record.timestamp - a.record.timestamp || (a.key < b.key ? 1 : -1),
  );
}

/** Denied calls by kind. */
export function causesIn(calls: StoredCall[]) {
  return grouped(
    calls.filter(({ outcome }) => isDenied(outcome)),
    ({ caller, record, outcome }) =>
      [
        caller.id,
        record.serviceArn,
        record.requestMethod,
        record.requestPath,
        outcome,
      ].map((value, index) =>
        index === 3 && value !== undefined ? pathShape(value) : value,
      ),
  ).map(group => {
    const [{ record, key, caller, outcome }] = newestFirst(group);
    return {
      callerId: caller.id,
      serviceArn: record.serviceArn,
      method: record.requestMethod,
      pathShape: record.requestPath && pathShape(record.requestPath),
      outcome,
      count: group.length,
      ...seen(group),
      example: {
        key,
        requestId: record.requestId,
        path: record.requestPath,
        principal: record.resolvedUser ?? record.callerPrincipal,
        sourceVpcId: record.sourceVpcId,
      },
    };
  });
}
