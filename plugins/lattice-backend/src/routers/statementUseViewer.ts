import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  callerAccountId as accountOfCaller,
  exactLines,
  type StatementUse,
  type CallFilter,
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
import type { StatementUseService } from '../statementUse/StatementUseService';
import { networkUnknownGap } from '../calls/networkUnknownGap';

/**
 * One viewer of the use of statements. It tells of a policy, so it is for those who may read that; the calls
 * given as examples, and what only some callers or services used, which tells of what they were denied, are for
 * those who may read the denied requests of that caller or service.
 */
export async function statementUseViewer(options: {
  authorizer: LatticeAuthorizer;
  credentials: BackstageCredentials;
  index: EstateIndex;
  statementUse: Pick<StatementUseService, 'of'>;
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

  /** Goes by the question alone, so that a refusal says nothing of what calls there are. */
  const mayAsk = (resourceArn: string, filter: CallFilter) => {
    const { callerId, callerAccountId, accountId, serviceArn } = filter;
    return (
      [callerId, callerAccountId, accountId, serviceArn].every(
        value => value === undefined,
      ) ||
      mayReadCalls({
        id: '',
        serviceArn: serviceArn ?? resourceArn,
        callerAccountId: callerAccountId ?? accountOfCaller(callerId ?? ''),
      })
    );
  };

  return {
    /**
     * @throws NotFoundError if the filter names a service that the viewer may not see
     */
    view: async (
      question: Parameters<StatementUseService['of']>[0] & {
        filter: CallFilter;
      },
    ): Promise<StatementUses> => {
      const { filter } = question;
      const resourceArn = question.resource.arn;
      if (filter.serviceArn !== undefined && !maySee(filter.serviceArn)) {
        throw new NotFoundError(`There is no service ${filter.serviceArn}`);
      }
      if (!mayReadPolicy(resourceArn)) {
        return {
          status: 'not-computed',
          reason: 'You may not read this policy.',
        };
      }
      if (!mayAsk(resourceArn, filter)) {
        return {
          status: 'not-computed',
          reason:
            'You may not read the denied requests of those whose calls you ask about.',
        };
      }
      const uses = await options.statementUse.of(question);
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
