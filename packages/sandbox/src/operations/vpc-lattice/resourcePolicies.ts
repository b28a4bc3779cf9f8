import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { accessDenied, invalid, notFound } from './errors';

/** Resource policies are kept; what is shared with whom, resource shares say. */
export const resourcePolicyOperations: ServiceOperations = {
  PutResourcePolicy({ resourceArn, policy }, context) {
    checkOwner(context, resourceArn);
    try {
      JSON.parse(policy);
    } catch (error) {
      throw invalid('policy', `The policy is not valid JSON: ${error}`);
    }
    context.estate.latticeResourcePolicies.put(resourceArn, {
      resourceArn,
      policy,
    });
    return {};
  },

  GetResourcePolicy({ resourceArn }, context) {
    checkOwner(context, resourceArn);
    const { policy } =
      context.estate.latticeResourcePolicies.get(resourceArn) ?? {};
    return { policy };
  },

  DeleteResourcePolicy({ resourceArn }, context) {
    checkOwner(context, resourceArn);
    if (!context.estate.latticeResourcePolicies.delete(resourceArn)) {
      throw notFound('RESOURCE', resourceArn);
    }
    return {};
  },
};

function checkOwner(context: OperationContext, arn: string): void {
  const { estate, accountId, principalArn } = context;
  if (arn.split(':')[4] !== accountId) {
    throw accessDenied(principalArn, arn);
  }
  const collections = [
    estate.serviceNetworks,
    estate.services,
    estate.resourceConfigurations,
  ];
  if (!collections.some(collection => collection.has(arn))) {
    throw notFound('RESOURCE', arn);
  }
}
