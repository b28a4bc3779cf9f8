import type { Collection } from '../../estate/Collection';
import type { Owned } from '../../estate/resources';
import { AwsError } from '../AwsError';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { paginate } from '../paginate';
import { findLogGroup, invalidParameter, resourceNotFound } from './common';

/** A filter of a log group, as the API takes and gives it. Keyed by group ARN and name. */
interface LogFilter extends Owned {
  filterName: string;
  logGroupName: string;
  filterPattern: string;
  /** Milliseconds since the epoch. */
  creationTime: number;
  [other: string]: unknown;
}

type FilterKind = 'subscriptionFilters' | 'metricFilters';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const FILTERS_PER_GROUP: Record<FilterKind, number> = {
  subscriptionFilters: 2,
  metricFilters: 100,
};

/** Subscription and metric filters of log groups are kept; nothing is sent or counted by them. */
export const logFilterOperations: ServiceOperations = {
  PutSubscriptionFilter: (input, context) =>
    put('subscriptionFilters', input, context),
  DescribeSubscriptionFilters: (input, context) =>
    describe('subscriptionFilters', input, context),
  DeleteSubscriptionFilter: (input, context) =>
    remove('subscriptionFilters', input, context),

  PutMetricFilter: (input, context) => put('metricFilters', input, context),
  DescribeMetricFilters: (input, context) =>
    describe('metricFilters', input, context),
  DeleteMetricFilter: (input, context) =>
    remove('metricFilters', input, context),
};

function filters(
  { estate }: OperationContext,
  kind: FilterKind,
): Collection<LogFilter> {
  return estate.collection<LogFilter>(kind);
}

function put(kind: FilterKind, input: any, context: OperationContext): void {
  const group = findLogGroup(context, input);
  const { accountId, region } = context;
  const key = `${group.arn} ${input.filterName}`;
  const collection = filters(context, kind);
  const others = collection.filter(
    filter =>
      filter.accountId === accountId &&
      filter.region === region &&
      filter.logGroupName === group.name &&
      filter.filterName !== input.filterName,
  );
  if (others.length >= FILTERS_PER_GROUP[kind]) {
    throw new AwsError({
      code: 'LimitExceededException',
      message: 'Resource limit exceeded.',
    });
  }
  collection.put(key, {
    ...input,
    accountId,
    region,
    logGroupName: group.name,
    creationTime: collection.get(key)?.creationTime ?? context.now(),
  });
}

function describe(kind: FilterKind, input: any, context: OperationContext) {
  const { accountId, region } = context;
  const { logGroupName, filterNamePrefix = '' } = input;
  if (logGroupName) {
    findLogGroup(context, input);
  }
  const { items, nextToken } = paginate({
    items: filters(context, kind).filter(
      filter =>
        filter.accountId === accountId &&
        filter.region === region &&
        (!logGroupName || filter.logGroupName === logGroupName) &&
        filter.filterName.startsWith(filterNamePrefix),
    ),
    key: filter => `${filter.logGroupName} ${filter.filterName}`,
    maxResults: input.limit,
    nextToken: input.nextToken,
    defaultSize: 50,
    invalidToken: () => invalidParameter('The specified nextToken is invalid.'),
  });
  return { [kind]: items, nextToken };
}

function remove(kind: FilterKind, input: any, context: OperationContext): void {
  const group = findLogGroup(context, input);
  if (!filters(context, kind).delete(`${group.arn} ${input.filterName}`)) {
    throw resourceNotFound('The specified filter does not exist.');
  }
}

/** Deletes the filters of a log group with it. */
export function deleteFilters(context: OperationContext, groupArn: string) {
  for (const kind of ['subscriptionFilters', 'metricFilters'] as const) {
    for (const [key] of filters(context, kind).entries()) {
      if (key.startsWith(`${groupArn} `)) {
        filters(context, kind).delete(key);
      }
    }
  }
}

/** Metric filters of a log group, as DescribeLogGroups counts them. */
export function metricFilterCount(
  context: OperationContext,
  groupArn: string,
): number {
  return filters(context, 'metricFilters')
    .entries()
    .filter(([key]) => key.startsWith(`${groupArn} `)).length;
}
