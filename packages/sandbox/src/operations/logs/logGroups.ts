import type { LogStore } from '../../logs/LogStore';
import { AwsError } from '../AwsError';
import type { ServiceOperations } from '../OperationHandler';
import { paginate } from '../paginate';
import {
  findLogGroup,
  invalidParameter,
  logGroupArn,
  logStreams,
} from './common';
import { deleteFilters, metricFilterCount } from './logFilters';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827,
  2192, 2557, 2922, 3288, 3653,
];

export function logGroupOperations(options: {
  logs: LogStore;
}): ServiceOperations {
  const { logs } = options;
  return {
    CreateLogGroup(input, context) {
      const { logGroupName: name, tags = {} } = input;
      const { accountId, region, estate } = context;
      if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) {
        throw invalidParameter(
          `1 validation error detected: Value '${name}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+`,
        );
      }
      const arn = logGroupArn(context, name);
      if (estate.logGroups.has(arn)) {
        throw new AwsError({
          code: 'ResourceAlreadyExistsException',
          message: 'The specified log group already exists',
        });
      }
      const createdAt = new Date(context.now()).toISOString();
      const group = { accountId, region, arn, name, tags, createdAt };
      estate.logGroups.put(arn, group);
    },

    DescribeLogGroups(input, context) {
      const { logGroupNamePrefix = '', logGroupNamePattern = '' } = input;
      const groups = context.estate.logGroups.filter(
        ({ name, accountId, region }) =>
          accountId === context.accountId &&
          region === context.region &&
          name.startsWith(logGroupNamePrefix) &&
          name.toLowerCase().includes(logGroupNamePattern.toLowerCase()),
      );
      const { items, nextToken } = paginate({
        items: groups,
        key: group => group.name,
        maxResults: input.limit,
        nextToken: input.nextToken,
        defaultSize: 50,
        invalidToken: () =>
          invalidParameter('The specified nextToken is invalid.'),
      });
      return {
        logGroups: items.map(({ arn, name, retentionInDays, createdAt }) => ({
          arn: `${arn}:*`,
          logGroupArn: arn,
          logGroupName: name,
          retentionInDays,
          creationTime: Date.parse(createdAt),
          metricFilterCount: metricFilterCount(context, arn),
          storedBytes: 0,
          logGroupClass: 'STANDARD',
        })),
        nextToken,
      };
    },

    DeleteLogGroup(input, context) {
      const { arn } = findLogGroup(context, input);
      for (const [key, stream] of logStreams(context).entries()) {
        if (stream.logGroupArn === arn) {
          logStreams(context).delete(key);
        }
      }
      deleteFilters(context, arn);
      logs.deleteGroup(arn);
      context.estate.logGroups.delete(arn);
    },

    PutRetentionPolicy(input, context) {
      const { retentionInDays } = input;
      const group = findLogGroup(context, input);
      if (!RETENTION_DAYS.includes(retentionInDays)) {
        throw invalidParameter(
          `Retention must be one of ${RETENTION_DAYS.join(', ')} days`,
        );
      }
      context.estate.logGroups.put(group.arn, { ...group, retentionInDays });
    },

    DeleteRetentionPolicy(input, context) {
      const { retentionInDays: _, ...group } = findLogGroup(context, input);
      context.estate.logGroups.put(group.arn, group);
    },

    ListTagsForResource(input, context) {
      return { tags: findLogGroup(context, input).tags };
    },

    TagResource(input, context) {
      const group = findLogGroup(context, input);
      const tags = { ...group.tags, ...input.tags };
      context.estate.logGroups.put(group.arn, { ...group, tags });
    },

    UntagResource(input, context) {
      const group = findLogGroup(context, input);
      const tags = Object.fromEntries(
        Object.entries(group.tags).filter(
          ([key]) => !input.tagKeys.includes(key),
        ),
      );
      context.estate.logGroups.put(group.arn, { ...group, tags });
    },
  };
}
