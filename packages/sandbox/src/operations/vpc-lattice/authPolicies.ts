import type { ServiceOperations } from '../OperationHandler';
import { invalid } from './errors';
import { findNetworkOrService } from './find';

/** https://docs.aws.amazon.com/vpc-lattice/latest/ug/quotas.html: 10 Kilobytes. */
const MAXIMUM_LENGTH = 10_000;

export const authPolicyOperations: ServiceOperations = {
  PutAuthPolicy(input, context) {
    const { resourceIdentifier, policy } = input;
    const resource = findNetworkOrService(context, resourceIdentifier);
    checkPolicy(policy);
    const { authPolicies } = context.estate;
    const now = new Date(context.now()).toISOString();
    authPolicies.put(resource.arn, {
      resourceArn: resource.arn,
      policy,
      createdAt: authPolicies.get(resource.arn)?.createdAt ?? now,
      lastUpdatedAt: now,
    });
    return { policy, state: stateOf(resource) };
  },

  GetAuthPolicy(input, context) {
    const resource = findNetworkOrService(context, input.resourceIdentifier);
    const policy = context.estate.authPolicies.get(resource.arn);
    return policy && { ...policy, state: stateOf(resource) };
  },

  DeleteAuthPolicy(input, context) {
    const resource = findNetworkOrService(context, input.resourceIdentifier);
    context.estate.authPolicies.delete(resource.arn);
  },
};

/** A policy is kept but not enforced while its resource has the auth type NONE. */
function stateOf({ authType }: { authType: string }): 'Active' | 'Inactive' {
  return authType === 'AWS_IAM' ? 'Active' : 'Inactive';
}

function checkPolicy(policy: string): void {
  if (Buffer.byteLength(policy) > MAXIMUM_LENGTH) {
    throw invalid(
      'policy',
      `The policy has more than ${MAXIMUM_LENGTH} characters`,
    );
  }
  if (/[\n\r]/.test(policy)) {
    throw invalid(
      'policy',
      'The policy string in JSON must not contain newlines or blank lines',
    );
  }
  let document: any;
  try {
    document = JSON.parse(policy);
  } catch (error) {
    throw invalid('policy', `The policy is not valid JSON: ${error}`);
  }
  const statements = [document?.Statement ?? []].flat();
  if (
    statements.length === 0 ||
    statements.some(
      statement =>
        !['Allow', 'Deny'].includes(statement?.Effect) ||
        !(statement.Principal || statement.NotPrincipal) ||
        !(statement.Action || statement.NotAction) ||
        !(statement.Resource || statement.NotResource),
    )
  ) {
    throw invalid(
      'policy',
      'The policy needs a Statement, and each statement an Effect, Principal, Action and Resource',
    );
  }
}
