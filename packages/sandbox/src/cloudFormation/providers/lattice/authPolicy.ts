import { ResourceProvider } from '../ResourceProvider';

/** The API refuses policies with line breaks; JSON.stringify makes none. */
function policyText(policy: unknown): string {
  return typeof policy === 'string' ? policy : JSON.stringify(policy);
}

export const authPolicy: ResourceProvider = {
  type: 'AWS::VpcLattice::AuthPolicy',
  async create({ properties, call, exists }) {
    const { ResourceIdentifier: resourceIdentifier, Policy } = properties;
    const { state } = await call('vpc-lattice', 'PutAuthPolicy', {
      resourceIdentifier,
      policy: policyText(Policy),
    });
    exists(resourceIdentifier);
    return { physicalId: resourceIdentifier, attributes: { State: state } };
  },
  async update({ physicalId: resourceIdentifier, properties, call }) {
    const { state } = await call('vpc-lattice', 'PutAuthPolicy', {
      resourceIdentifier,
      policy: policyText(properties.Policy),
    });
    return { attributes: { State: state } };
  },
  async delete({ physicalId, call }) {
    await call('vpc-lattice', 'DeleteAuthPolicy', {
      resourceIdentifier: physicalId,
    });
  },
};
