import { AwsError } from '../AwsError';
import type { ServiceOperations } from '../OperationHandler';
import { forget, keep } from './keptResource';

const type = 'AWS::CloudWatch::Alarm';

/**
 * The operations of CloudWatch that CloudFormation needs; they are not reachable over the wire.
 * Alarms are kept, not evaluated.
 */
export const cloudWatchOperations: ServiceOperations = {
  PutMetricAlarm(properties, context) {
    const { accountId, region } = context;
    const { AlarmName: physicalId } = properties;
    const Arn = `arn:aws:cloudwatch:${region}:${accountId}:alarm:${physicalId}`;
    keep({ type, physicalId, properties, attributes: { Arn } }, context);
    return {};
  },

  DeleteAlarms({ AlarmNames }, context) {
    for (const physicalId of AlarmNames) {
      if (!forget({ type, physicalId }, context)) {
        throw new AwsError({
          code: 'ResourceNotFound',
          statusCode: 404,
          message: `Alarm ${physicalId} does not exist`,
        });
      }
    }
    return {};
  },
};
