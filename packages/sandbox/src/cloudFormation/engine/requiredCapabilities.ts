import { AwsError } from '../../operations/AwsError';
import { Template } from '../template/Template';

/**
 * The capabilities a template's user must acknowledge: for IAM resources, for those with names of
 * their own, and for macros.
 */
export function requiredCapabilities(template: Template): {
  capabilities: string[];
  types: string[];
} {
  const resources = Object.values(template.Resources).filter(({ Type }) =>
    Type.startsWith('AWS::IAM::'),
  );
  const types = [...new Set(resources.map(({ Type }) => Type))];
  const expand =
    template.Transform.length > 0 ? ['CAPABILITY_AUTO_EXPAND'] : [];
  if (types.length === 0) {
    return { capabilities: expand, types };
  }
  const named = resources.some(({ Properties = {} }) =>
    [
      'RoleName',
      'UserName',
      'GroupName',
      'ManagedPolicyName',
      'InstanceProfileName',
    ].some(name => Properties[name] !== undefined),
  );
  return {
    capabilities: [
      named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM',
      ...expand,
    ],
    types,
  };
}

/** @throws AwsError `InsufficientCapabilitiesException` when a required one is not acknowledged. */
export function checkCapabilities(
  template: Template,
  acknowledged: string[],
): void {
  const lacking = requiredCapabilities(template).capabilities.filter(
    capability =>
      !acknowledged.includes(capability) &&
      !(
        capability === 'CAPABILITY_IAM' &&
        acknowledged.includes('CAPABILITY_NAMED_IAM')
      ),
  );
  if (lacking.length > 0) {
    throw new AwsError({
      code: 'InsufficientCapabilitiesException',
      message: `Requires capabilities : [${lacking.join(', ')}]`,
    });
  }
}
