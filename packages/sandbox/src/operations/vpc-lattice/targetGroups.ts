import type { TargetGroup } from '../../estate/resources';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { randomId } from '../randomId';
import { quotaOf } from '../servicequotas/quotas';
import {
  checkName,
  checkOneOf,
  latticeArn,
  madeNow,
  page,
  updatedNow,
} from './common';
import { conflict, invalid, quotaExceeded } from './errors';
import { findTargetGroup } from './find';

const TYPES = ['LAMBDA', 'ALB', 'IP', 'INSTANCE'] as const;

export const targetGroupOperations: ServiceOperations = {
  CreateTargetGroup(input, context) {
    const { name, type, config, tags = {} } = input;
    const { targetGroups } = context.estate;
    checkName(name, { minimum: 3, maximum: 128, reservedPrefix: 'tg-' });
    checkOneOf('type', type, TYPES);
    checkConfig(context, type, config);
    const own = targetGroups.filter(isOwn(context));
    const namesake = own.find(group => group.name === name);
    if (namesake) {
      throw conflict(
        'TARGET_GROUP',
        namesake.id,
        `Target group with name ${name} already exists`,
      );
    }
    const quota = quotaOf(context, 'targetGroupsPerRegion');
    if (own.length >= quota.value) {
      throw quotaExceeded(
        'TARGET_GROUP',
        quota.code,
        `There may be ${quota.value} target groups in a Region`,
      );
    }
    const id = randomId('tg');
    const arn = latticeArn(context, `targetgroup/${id}`);
    return targetGroups.put(arn, {
      ...madeNow(context),
      arn,
      id,
      name,
      type,
      status: 'ACTIVE',
      config,
      targets: [],
      tags,
    });
  },

  GetTargetGroup(input, context) {
    const group = findTargetGroup(context, input.targetGroupIdentifier);
    return { ...group, serviceArns: servicesUsing(context, group) };
  },

  ListTargetGroups(input, context) {
    const { vpcIdentifier, targetGroupType } = input;
    const groups = context.estate.targetGroups.filter(
      group =>
        isOwn(context)(group) &&
        (!targetGroupType || group.type === targetGroupType) &&
        (!vpcIdentifier || group.config?.vpcIdentifier === vpcIdentifier),
    );
    return page(input, groups, group => ({
      ...group,
      ...group.config,
      serviceArns: servicesUsing(context, group),
    }));
  },

  UpdateTargetGroup(input, context) {
    const group = findTargetGroup(context, input.targetGroupIdentifier);
    if (group.type === 'LAMBDA' || group.type === 'ALB') {
      throw invalid(
        'healthCheck',
        `Target groups of type ${group.type} have no health check`,
      );
    }
    return context.estate.targetGroups.put(group.arn, {
      ...group,
      ...updatedNow(context),
      config: { ...group.config, healthCheck: input.healthCheck },
    });
  },

  DeleteTargetGroup(input, context) {
    const group = findTargetGroup(context, input.targetGroupIdentifier);
    const [serviceArn] = servicesUsing(context, group);
    if (serviceArn) {
      throw conflict(
        'TARGET_GROUP',
        group.id,
        `Target group ${group.id} is in use by ${serviceArn}`,
      );
    }
    context.estate.targetGroups.delete(group.arn);
    return { id: group.id, arn: group.arn, status: 'DELETE_IN_PROGRESS' };
  },
};

function isOwn({ accountId, region }: OperationContext) {
  return (group: TargetGroup) =>
    group.accountId === accountId && group.region === region;
}

/** ARNs of the services whose listeners or rules forward to a target group. */
export function servicesUsing(
  { estate }: Pick<OperationContext, 'estate'>,
  { arn, id }: TargetGroup,
): string[] {
  const users = [
    ...estate.listeners.values().map(listener => ({
      serviceArn: listener.serviceArn,
      action: listener.defaultAction,
    })),
    ...estate.rules.values(),
  ].filter(
    ({ action }) =>
      'forward' in action &&
      action.forward.targetGroups.some(({ targetGroupIdentifier }) =>
        [arn, id].includes(targetGroupIdentifier),
      ),
  );
  return [...new Set(users.map(user => user.serviceArn))].sort();
}

function checkConfig(
  context: OperationContext,
  type: string,
  config: any = {},
): void {
  if (type === 'LAMBDA') {
    const refused = ['port', 'protocol', 'vpcIdentifier', 'healthCheck'].find(
      field => config[field] !== undefined,
    );
    if (refused) {
      throw invalid(refused, `Target groups of type LAMBDA have no ${refused}`);
    }
    return;
  }
  for (const field of ['protocol', 'port', 'vpcIdentifier']) {
    if (config[field] === undefined) {
      throw invalid(field, `Target groups of type ${type} need a ${field}`);
    }
  }
  const vpc = context.estate.vpcs.get(config.vpcIdentifier);
  if (vpc?.accountId !== context.accountId || vpc.region !== context.region) {
    throw invalid('vpcIdentifier', `VPC ${config.vpcIdentifier} not found`);
  }
}
