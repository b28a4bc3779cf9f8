import { ResourceProvider } from '../ResourceProvider';

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
  async delete({ physicalId, call }) {
    await call('logs', 'DeleteLogGroup', { logGroupName: physicalId });
  },
};
