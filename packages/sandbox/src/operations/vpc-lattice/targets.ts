import type { Target, TargetGroup } from '../../estate/resources';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { paginate } from '../paginate';
import { updatedNow } from './common';
import { invalid } from './errors';
import { findTargetGroup } from './find';
import { servicesUsing } from './targetGroups';

const TARGETS_PER_GROUP = 1000;

interface TargetInput {
  id: string;
  port?: number;
}

interface TargetFailure extends TargetInput {
  failureCode: string;
  failureMessage: string;
}

export const targetOperations: ServiceOperations = {
  RegisterTargets(input, context) {
    const group = findTargetGroup(context, input.targetGroupIdentifier);
    const successful: TargetInput[] = [];
    const unsuccessful: TargetFailure[] = [];
    const targets = [...group.targets];
    const isUsed = servicesUsing(context, group).length > 0;
    for (const { id, port } of input.targets as TargetInput[]) {
      const target = { id, port: port ?? (group.config?.port as number) };
      const failure = refuse(context, group, target, targets);
      if (failure) {
        unsuccessful.push({ id, port, ...failure });
      } else {
        successful.push(target);
        if (!targets.some(isSame(target))) {
          targets.push({ ...target, status: statusOf(group, isUsed) });
        }
      }
    }
    context.estate.targetGroups.put(group.arn, {
      ...group,
      ...updatedNow(context),
      targets,
    });
    return { successful, unsuccessful };
  },

  DeregisterTargets(input, context) {
    const group = findTargetGroup(context, input.targetGroupIdentifier);
    const successful: TargetInput[] = [];
    const unsuccessful: TargetFailure[] = [];
    let targets = group.targets;
    for (const { id, port } of input.targets as TargetInput[]) {
      const target = { id, port: port ?? (group.config?.port as number) };
      if (targets.some(isSame(target))) {
        targets = targets.filter(other => !isSame(target)(other));
        successful.push(target);
      } else {
        unsuccessful.push({
          id,
          port,
          failureCode: 'TargetNotFound',
          failureMessage: `Target ${id} is not registered`,
        });
      }
    }
    context.estate.targetGroups.put(group.arn, {
      ...group,
      ...updatedNow(context),
      targets,
    });
    return { successful, unsuccessful };
  },

  ListTargets(input, context) {
    const group = findTargetGroup(context, input.targetGroupIdentifier);
    const wanted: TargetInput[] | undefined = input.targets;
    return paginate({
      items: group.targets.filter(
        target =>
          !wanted?.length ||
          wanted.some(
            ({ id, port }) =>
              id === target.id && (port === undefined || port === target.port),
          ),
      ),
      key: ({ id, port }) => `${id}:${String(port ?? '').padStart(5, '0')}`,
      maxResults: input.maxResults,
      nextToken: input.nextToken,
      defaultSize: 100,
      invalidToken: () => invalid('nextToken', 'The nextToken is not valid'),
    });
  },
};

function isSame({ id, port }: TargetInput) {
  return (other: TargetInput) => other.id === id && other.port === port;
}

/** Health is checked for instances and IPs alone, and only once a service uses the group. */
function statusOf(group: TargetGroup, isUsed: boolean): Target['status'] {
  if (group.type === 'LAMBDA' || group.type === 'ALB') {
    return 'UNAVAILABLE';
  }
  return isUsed ? 'INITIAL' : 'UNUSED';
}

function refuse(
  context: OperationContext,
  group: TargetGroup,
  { id }: TargetInput,
  registered: TargetInput[],
): { failureCode: string; failureMessage: string } | undefined {
  if (group.type === 'LAMBDA') {
    const own = context.estate.functions.get(id);
    if (own?.accountId !== group.accountId || own.region !== group.region) {
      return {
        failureCode: 'TargetNotFound',
        failureMessage: `Function ${id} not found`,
      };
    }
    if (registered.some(other => other.id !== id)) {
      return {
        failureCode: 'TargetQuotaExceeded',
        failureMessage: 'A target group of type LAMBDA holds one function',
      };
    }
  }
  if (registered.length >= TARGETS_PER_GROUP) {
    return {
      failureCode: 'TargetQuotaExceeded',
      failureMessage: `A target group holds ${TARGETS_PER_GROUP} targets`,
    };
  }
  return undefined;
}
