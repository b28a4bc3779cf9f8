import { ResourceProvider } from '../ResourceProvider';

export const lambdaFunction: ResourceProvider = {
  type: 'AWS::Lambda::Function',
  properties: [
    'Architectures',
    'Code',
    'Description',
    'Environment',
    'FunctionName',
    'Handler',
    'LoggingConfig',
    'MemorySize',
    'PackageType',
    'Role',
    'Runtime',
    'Tags',
    'Timeout',
  ],
  async create({ properties, tags, call, generateName, exists }) {
    const { FunctionName, Code, Role, Runtime, Handler, Environment, Timeout } =
      properties;
    const { FunctionName: name, FunctionArn } = await call(
      'lambda',
      'CreateFunction',
      {
        FunctionName: FunctionName ?? generateName(),
        Code,
        Role,
        Runtime,
        Handler,
        Environment,
        Timeout,
        Tags: tags,
      },
    );
    exists(name);
    return { physicalId: name, attributes: { Arn: FunctionArn } };
  },
  async delete({ physicalId, call }) {
    await call('lambda', 'DeleteFunction', { FunctionName: physicalId });
  },
};
