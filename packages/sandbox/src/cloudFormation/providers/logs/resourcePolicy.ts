import { ResourceProvider, ResourceRequest } from '../ResourceProvider';

function put({ properties, call }: ResourceRequest): Promise<unknown> {
  return call('logs', 'PutResourcePolicy', {
    policyName: properties.PolicyName,
    policyDocument: properties.PolicyDocument,
  });
}

export const logResourcePolicy: ResourceProvider = {
  type: 'AWS::Logs::ResourcePolicy',
  async create(request) {
    const { PolicyName } = request.properties;
    await put(request);
    request.exists(PolicyName);
    return { physicalId: PolicyName };
  },
  async update(request) {
    await put(request);
    return {};
  },
  async delete({ physicalId, call }) {
    await call('logs', 'DeleteResourcePolicy', { policyName: physicalId });
  },
};
