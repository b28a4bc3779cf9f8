import { AwsError } from '../../AwsError';
import { findKept } from '../keptResource';
import type { KeptParts, KeptType } from '../KeptType';

function glueArn({ accountId, region }: KeptParts, resource: string): string {
  return `arn:aws:glue:${region}:${accountId}:${resource}`;
}

/** Amazon DynamoDB, AWS Glue, Amazon Athena and Amazon Data Firehose; only Firehose passes data on. */
export const dataTypes: KeptType[] = [
  {
    type: 'AWS::DynamoDB::Table',
    service: 'dynamodb',
    create: 'CreateTable',
    update: 'UpdateTable',
    delete: 'DeleteTable',
    name: { property: 'TableName', maximumLength: 255 },
    tagAction: 'dynamodb:TagResource',
    alsoNeeds: properties =>
      properties.PointInTimeRecoverySpecification
        ? [{ action: 'dynamodb:UpdateContinuousBackups', resource: 'own' }]
        : [],
    taken: id => ({
      code: 'ResourceInUseException',
      message: `Table already exists: ${id}`,
    }),
    identify: ({ name, properties, region, accountId, time }) => {
      const arn = `arn:aws:dynamodb:${region}:${accountId}:table/${name}`;
      return {
        physicalId: name,
        arn,
        attributes: {
          Arn: arn,
          ...(properties.StreamSpecification && {
            StreamArn: `${arn}/stream/${time.replace('Z', '')}`,
          }),
        },
      };
    },
  },
  {
    type: 'AWS::Glue::Database',
    service: 'glue',
    create: 'CreateDatabase',
    update: 'UpdateDatabase',
    delete: 'DeleteDatabase',
    taken: () => ({
      code: 'AlreadyExistsException',
      message: 'Database already exists.',
    }),
    missingCode: 'EntityNotFoundException',
    identify: parts => {
      const { properties, name } = parts;
      const physicalId =
        properties.DatabaseInput?.Name ?? properties.DatabaseName ?? name;
      return {
        physicalId,
        arn: glueArn(parts, `database/${physicalId}`),
        attributes: {},
      };
    },
  },
  {
    type: 'AWS::Glue::Table',
    service: 'glue',
    create: 'CreateTable',
    update: 'UpdateTable',
    delete: 'DeleteTable',
    taken: () => ({
      code: 'AlreadyExistsException',
      message: 'Table already exists.',
    }),
    missingCode: 'EntityNotFoundException',
    scope: ({ DatabaseName }) => DatabaseName,
    check: ({ properties, accountId, region, estate }) => {
      const physicalId = properties.DatabaseName;
      const type = 'AWS::Glue::Database';
      if (!findKept(estate, { accountId, region, type, physicalId })) {
        throw new AwsError({
          code: 'EntityNotFoundException',
          statusCode: 400,
          message: `Database ${physicalId} not found.`,
        });
      }
    },
    identify: parts => {
      const { properties, name } = parts;
      const physicalId = properties.TableInput?.Name ?? properties.Name ?? name;
      return {
        physicalId,
        arn: glueArn(parts, `table/${properties.DatabaseName}/${physicalId}`),
        attributes: { Id: physicalId },
      };
    },
  },
  {
    type: 'AWS::Athena::WorkGroup',
    service: 'athena',
    create: 'CreateWorkGroup',
    update: 'UpdateWorkGroup',
    delete: 'DeleteWorkGroup',
    name: { property: 'Name', maximumLength: 128 },
    tagAction: 'athena:TagResource',
    taken: () => ({
      code: 'InvalidRequestException',
      message: 'WorkGroup is already created',
    }),
    identify: ({ name: physicalId, region, accountId, time }) => ({
      physicalId,
      arn: `arn:aws:athena:${region}:${accountId}:workgroup/${physicalId}`,
      attributes: {
        CreationTime: time,
        'WorkGroupConfiguration.EngineVersion.EffectiveEngineVersion':
          'Athena engine version 3',
      },
    }),
  },
  {
    type: 'AWS::Athena::NamedQuery',
    service: 'athena',
    create: 'CreateNamedQuery',
    delete: 'DeleteNamedQuery',
    identify: ({ name: physicalId, properties, region, accountId }) => ({
      physicalId,
      arn: `arn:aws:athena:${region}:${accountId}:workgroup/${
        properties.WorkGroup ?? 'primary'
      }`,
      attributes: { NamedQueryId: physicalId },
    }),
  },
  {
    type: 'AWS::KinesisFirehose::DeliveryStream',
    service: 'firehose',
    create: 'CreateDeliveryStream',
    update: 'UpdateDestination',
    delete: 'DeleteDeliveryStream',
    name: { property: 'DeliveryStreamName', maximumLength: 64 },
    tagAction: 'firehose:TagDeliveryStream',
    taken: id => ({
      code: 'ResourceInUseException',
      message: `Firehose ${id} already exists`,
    }),
    alsoNeeds: properties =>
      Object.values(properties)
        .map(value => (value as { RoleARN?: string } | undefined)?.RoleARN)
        .filter(role => role !== undefined)
        .map(resource => ({
          action: 'iam:PassRole',
          resource,
          keys: { 'iam:passedtoservice': 'firehose.amazonaws.com' },
        })),
    identify: ({ name: physicalId, region, accountId }) => ({
      physicalId,
      arn: `arn:aws:firehose:${region}:${accountId}:deliverystream/${physicalId}`,
    }),
  },
];
