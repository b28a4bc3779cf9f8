import { AwsError } from '../../AwsError';
import type { KeptType } from '../KeptType';

function alarm(name: string, create: string): KeptType {
  return {
    type: `AWS::CloudWatch::${name}`,
    service: 'cloudwatch',
    create,
    update: create,
    delete: 'DeleteAlarms',
    name: { property: 'AlarmName', maximumLength: 255 },
    tagAction: 'cloudwatch:TagResource',
    missingCode: 'ResourceNotFound',
    identify: ({ name: physicalId, region, accountId }) => ({
      physicalId,
      arn: `arn:aws:cloudwatch:${region}:${accountId}:alarm:${physicalId}`,
    }),
  };
}

/** Amazon CloudWatch: alarms are kept, not evaluated. */
export const monitoringTypes: KeptType[] = [
  alarm('Alarm', 'PutMetricAlarm'),
  alarm('CompositeAlarm', 'PutCompositeAlarm'),
  {
    type: 'AWS::CloudWatch::Dashboard',
    service: 'cloudwatch',
    create: 'PutDashboard',
    update: 'PutDashboard',
    delete: 'DeleteDashboards',
    name: { property: 'DashboardName', maximumLength: 255 },
    tagAction: 'cloudwatch:TagResource',
    missingCode: 'ResourceNotFound',
    identify: ({ name: physicalId, accountId }) => ({
      physicalId,
      // Dashboards belong to no Region.
      arn: `arn:aws:cloudwatch::${accountId}:dashboard/${physicalId}`,
      attributes: {},
    }),
    check: ({ properties }) => {
      checkDashboardBody(properties.DashboardBody);
    },
  },
];

function checkDashboardBody(body: string): void {
  let dashboard: any;
  try {
    dashboard = JSON.parse(body);
  } catch {
    dashboard = undefined;
  }
  if (!Array.isArray(dashboard?.widgets)) {
    throw new AwsError({
      code: 'InvalidParameterInput',
      statusCode: 400,
      message:
        'The dashboard body is invalid, there are validation errors: [{"message":"The field DashboardBody must be a valid JSON object"}]',
    });
  }
}
