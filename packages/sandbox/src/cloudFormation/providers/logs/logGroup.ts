import { ResourceProvider } from '../ResourceProvider';
import { tagChanges } from '../tagChanges';

export const logGroup: ResourceProvider = {
  type: 'AWS::Logs::LogGroup',
  properties: ['LogGroupClass', 'LogGroupName', 'RetentionInDays', 'Tags'],
  async create({ properties, tags, caller, call, generateName, exists }) {
    const logGroupName = properties.LogGroupName ?? generateName();
    await call('logs', 'CreateLogGroup', { logGroupName, tags });
    exists(logGroupName);
    if (properties.RetentionInDays !== undefined) {
      await call('logs', 'PutRetentionPolicy', {
        logGroupName,
        retentionInDays: properties.RetentionInDays,
      });
    }
    const { region, accountId } = caller;
    return {
      physicalId: logGroupName,
      attributes: {
        Arn: `arn:aws:logs:${region}:${accountId}:log-group:${logGroupName}:*`,
      },
    };
  },
  async update(request) {
    const { physicalId: logGroupName, properties, call, caller } = request;
    const { RetentionInDays } = properties;
    await (RetentionInDays === undefined
      ? call('logs', 'DeleteRetentionPolicy', { logGroupName })
      : call('logs', 'PutRetentionPolicy', {
          logGroupName,
          retentionInDays: RetentionInDays,
        }));
    const { put, remove } = tagChanges(request);
    const resourceArn = `arn:aws:logs:${caller.region}:${caller.accountId}:log-group:${logGroupName}`;
    if (remove.length > 0) {
      await call('logs', 'UntagResource', { resourceArn, tagKeys: remove });
    }
    if (Object.keys(put).length > 0) {
      await call('logs', 'TagResource', { resourceArn, tags: put });
    }
    return {};
  },
  async delete({ physicalId, call }) {
    await call('logs', 'DeleteLogGroup', { logGroupName: physicalId });
  },
};
