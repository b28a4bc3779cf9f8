import { ResourceProvider } from '../ResourceProvider';

export const alarm: ResourceProvider = {
  type: 'AWS::CloudWatch::Alarm',
  async create({ properties, caller, call, generateName, exists }) {
    const AlarmName =
      properties.AlarmName ?? generateName({ maximumLength: 255 });
    await call('cloudwatch', 'PutMetricAlarm', { ...properties, AlarmName });
    exists(AlarmName);
    const { region, accountId } = caller;
    return {
      physicalId: AlarmName,
      attributes: {
        Arn: `arn:aws:cloudwatch:${region}:${accountId}:alarm:${AlarmName}`,
      },
    };
  },
  async delete({ physicalId, call }) {
    await call('cloudwatch', 'DeleteAlarms', { AlarmNames: [physicalId] });
  },
};
