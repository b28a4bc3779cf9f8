import { ResourceProvider } from '../ResourceProvider';
import { tagChanges } from '../tagChanges';

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
    'TracingConfig',
    'ReservedConcurrentExecutions',
    'VpcConfig',
    'DeadLetterConfig',
    'EphemeralStorage',
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
        VpcConfig: properties.VpcConfig,
        Tags: tags,
      },
    );
    exists(name);
    return { physicalId: name, attributes: { Arn: FunctionArn } };
  },
  async update(request) {
    const { physicalId: FunctionName, attributes, properties, call } = request;
    const { Code, Role, Runtime, Handler, Environment, Timeout } = properties;
    await call('lambda', 'UpdateFunctionCode', { FunctionName, Code });
    await call('lambda', 'UpdateFunctionConfiguration', {
      FunctionName,
      Role,
      Runtime,
      Handler,
      Environment: Environment ?? { Variables: {} },
      Timeout: Timeout ?? 3,
      VpcConfig: properties.VpcConfig,
    });
    const { put, remove } = tagChanges(request);
    const Resource = attributes.Arn;
    if (remove.length > 0) {
      await call('lambda', 'UntagResource', { Resource, TagKeys: remove });
    }
    if (Object.keys(put).length > 0) {
      await call('lambda', 'TagResource', { Resource, Tags: put });
    }
    return {};
  },
  async delete({ physicalId, call }) {
    await call('lambda', 'DeleteFunction', { FunctionName: physicalId });
  },
};
