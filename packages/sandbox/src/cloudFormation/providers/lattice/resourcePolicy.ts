import { ResourceProvider, ResourceRequest } from '../ResourceProvider';

async function put({ properties, call }: ResourceRequest): Promise<void> {
  const { Policy, ResourceArn } = properties;
  await call('vpc-lattice', 'PutResourcePolicy', {
    resourceArn: ResourceArn,
    policy: typeof Policy === 'string' ? Policy : JSON.stringify(Policy),
  });
}

export const resourcePolicy: ResourceProvider = {
  type: 'AWS::VpcLattice::ResourcePolicy',
  async create(request) {
    const { ResourceArn } = request.properties;
    await put(request);
    request.exists(ResourceArn);
    return { physicalId: ResourceArn };
  },
  async update(request) {
    await put(request);
    return {};
  },
  async delete({ physicalId, call }) {
    await call('vpc-lattice', 'DeleteResourcePolicy', {
      resourceArn: physicalId,
    });
  },
};
