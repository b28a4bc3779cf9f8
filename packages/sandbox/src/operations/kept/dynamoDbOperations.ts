import { AwsError } from '../AwsError';
import type { ServiceOperations } from '../OperationHandler';
import { forget, isKept, keep } from './keptResource';

const type = 'AWS::DynamoDB::Table';

/**
 * The operations of DynamoDB that CloudFormation needs; they are not reachable over the wire.
 * Tables are kept, without items.
 */
export const dynamoDbOperations: ServiceOperations = {
  CreateTable(properties, context) {
    const { accountId, region, now } = context;
    const { TableName: physicalId, StreamSpecification } = properties;
    if (isKept({ type, physicalId }, context)) {
      throw new AwsError({
        code: 'ResourceInUseException',
        statusCode: 400,
        message: `Table already exists: ${physicalId}`,
      });
    }
    const Arn = `arn:aws:dynamodb:${region}:${accountId}:table/${physicalId}`;
    const StreamArn = StreamSpecification
      ? `${Arn}/stream/${new Date(now()).toISOString().replace('Z', '')}`
      : undefined;
    const attributes = { Arn, StreamArn };
    keep({ type, physicalId, properties, attributes }, context);
    return { TableDescription: { TableArn: Arn, LatestStreamArn: StreamArn } };
  },

  DeleteTable({ TableName: physicalId }, context) {
    if (!forget({ type, physicalId }, context)) {
      throw new AwsError({
        code: 'ResourceNotFoundException',
        statusCode: 400,
        message: `Requested resource not found: Table: ${physicalId} not found`,
      });
    }
    return {};
  },
};
