import { ResourceProvider } from '../ResourceProvider';

export const authPolicy: ResourceProvider = {
  type: 'AWS::VpcLattice::AuthPolicy',
  async create({ properties, call, exists }) {
    const { ResourceIdentifier: resourceIdentifier, Policy } = properties;
    const { state } = await call('vpc-lattice', 'PutAuthPolicy', {
      resourceIdentifier,
      // The API refuses policies with line breaks; JSON.stringify makes none.
      policy: typeof Policy === 'string' ? Policy : JSON.stringify(Policy),
    });
    exists(resourceIdentifier);
    return { physicalId: resourceIdentifier, attributes: { State: state } };
  },
  async delete({ physicalId, call }) {
    await call('vpc-lattice', 'DeleteAuthPolicy', {
      resourceIdentifier: physicalId,
    });
  },
};
