import { ResourceProvider } from '../ResourceProvider';

export const table: ResourceProvider = {
  type: 'AWS::DynamoDB::Table',
  async create({ properties, call, generateName, exists }) {
    const TableName =
      properties.TableName ?? generateName({ maximumLength: 255 });
    const { TableDescription } = await call('dynamodb', 'CreateTable', {
      ...properties,
      TableName,
    });
    exists(TableName);
    return {
      physicalId: TableName,
      attributes: {
        Arn: TableDescription.TableArn,
        ...(TableDescription.LatestStreamArn && {
          StreamArn: TableDescription.LatestStreamArn,
        }),
      },
    };
  },
  async delete({ physicalId, call }) {
    await call('dynamodb', 'DeleteTable', { TableName: physicalId });
  },
};
