import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  exactLines,
  type StatementUse,
  type StatementUses,
} from '@lattice-portal/plugin-lattice-common';
import type { LatticeAuthorizer } from '../authorization/LatticeAuthorizer';
import {
  deniedRequestAccess,
  policyAccess,
  serviceAccess,
} from '../authorization/viewerAccess';
import { optionalIsoOf } from '../database/sql';
import type { EstateIndex } from '../estate/EstateIndex';
import { windowOf } from '../map/timeWindow';
import type { DecidedCall } from '../statementUse/StatementTally';
import type { StoredStatementUses } from '../statementUse/StatementUseService';
import { networkUnknownGap } from './networkUnknownGap';

/**
 * One viewer of the use of statements. It tells of a policy, so it is for those who may read that; the calls
 * given as examples are for those who may read the denied requests of their caller or service.
 */
export async function statementUseViewer(options: {
  authorizer: LatticeAuthorizer;
  credentials: BackstageCredentials;
  index: EstateIndex;
}) {
  const mayReadPolicy = await policyAccess(options);
  const maySee = await serviceAccess(options);
  const mayReadCalls = await deniedRequestAccess(options);

  const exampleOf = (
    call: DecidedCall | undefined,
  ): StatementUse['example'] => {
    if (
      !call ||
      !maySee(call.serviceArn) ||
      !mayReadCalls({ id: '', ...call })
    ) {
      return undefined;
    }
    const { callerAccountId: _, time, ...shown } = call;
    return { ...shown, time: new Date(time).toISOString() };
  };

  return {
    view: async (
      resourceArn: string,
      ask: () => Promise<StoredStatementUses | { reason: string }>,
    ): Promise<StatementUses> => {
      if (!mayReadPolicy(resourceArn)) {
        return {
          status: 'not-computed',
          reason: 'You may not read this policy.',
        };
      }
      const uses = await ask();
      if ('reason' in uses) {
        return { status: 'not-computed', ...uses };
      }
      const { calls, gaps, ...computed } = uses;
      const window = windowOf(uses.window);
      return {
        status: 'computed',
        ...computed,
        lines: exactLines(calls),
        window,
        gaps: [
          ...gaps.filter(gap => gap.kind !== 'network-unknown'),
          ...networkUnknownGap({
            calls: gaps.filter(gap => gap.kind === 'network-unknown'),
            window,
            maySee,
          }),
        ],
        computedAt: new Date(uses.computedAt).toISOString(),
        statements: uses.statements.map(
          ({ last, lastPossible, ...statement }) => {
            const newest = last ?? lastPossible;
            return {
              ...statement,
              status: statusOf(statement),
              lastUsed: optionalIsoOf(newest?.time),
              example: exampleOf(newest),
            };
          },
        ),
      };
    },
  };
}

function statusOf(statement: {
  calls: number;
  possibleCalls: number;
}): StatementUse['status'] {
  if (statement.calls > 0) {
    return 'used';
  }
  return statement.possibleCalls > 0 ? 'unknown' : 'not-used';
}
