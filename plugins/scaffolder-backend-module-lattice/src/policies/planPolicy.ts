import {
  type CloudFormationClient,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import type { ProvisioningArtifactParameter } from '@aws-sdk/client-service-catalog';
import {
  InputError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import {
  type AuthPolicyStore,
  samePolicy,
} from '@lattice-portal/plugin-lattice-node';
import {
  hasMergedParameters,
  mergedParameters,
  mergedPolicyIn,
} from './mergedParameters';
import { keptOf, mergeStanding } from './mergeStanding';
import { productPolicy } from './productPolicy';

/** What becomes of the auth policy of a product that is changed. */
export type PolicyPlan = {
  /** Of the service or service network. */
  resourceArn: string;
  /** Parameters to change the product with, besides those that were given. */
  values: Record<string, string>;
  /** Sids of statements that others put there and that stay. */
  kept: string[];
  /** What stands in AWS while this is planned. Absent: no policy. */
  standing?: string;
  /** What will stand there. Absent: what stands there is left alone. */
  document?: string;
  /**
   * Parameters the stack has, but with the policy that stands in AWS. Set where the stack believes that another one
   * does: CloudFormation would go back to that one if a change fails.
   */
  standingValues?: Record<string, string>;
};

/**
 * Sees to it that changing a product loses no statement of its auth policy that somebody added.
 *
 * @remarks
 * CloudFormation puts the whole policy whenever the property of the stack changes, whatever stands in AWS by then. So the
 * policy that stands is read (with the reader role), what is asked is merged into it, and the result is given to the
 * product as parameters, so that CloudFormation itself puts it together with all else, and takes it back together with
 * all else. Where nothing new is asked of the policy the parameters stay as the stack has them: CloudFormation then
 * doesn't touch the policy, however much it differs from what the stack believes.
 *
 * @returns undefined where the product makes no policy
 * @throws ConflictError when a statement was changed on both sides
 * @throws InputError when the merged policy is too long, or the offered version can't take one
 * @throws ServiceUnavailableError when what stands can't be read
 */
export async function planPolicy(options: {
  cloudFormation: CloudFormationClient;
  policies: Pick<AuthPolicyStore, 'get'>;
  stackName: string;
  /** Outputs of the product as it is. */
  outputs: Record<string, string>;
  /** What the offered version takes. */
  offered: ProvisioningArtifactParameter[];
  /** What it is to be changed with. */
  values: Record<string, string>;
}): Promise<PolicyPlan | undefined> {
  const { offered, outputs } = options;
  const values = { ...defaultsOf(offered), ...options.values };
  const asked = productPolicy({ values, outputs });
  if (!asked) {
    return undefined;
  }
  const { resourceArn, document: ours } = asked;
  const { stackValues, standing } = await readState({
    ...options,
    resourceArn,
  });
  const base = productPolicy({ values: stackValues, outputs })?.document;
  if (base === undefined || samePolicy(base, ours)) {
    const kept = keptOf({ base: ours, standing });
    const merged = mergedPolicyIn(stackValues);
    const same = merged === undefined ? {} : mergedParameters(merged);
    return { resourceArn, values: same, kept, standing };
  }
  const merged = mergeStanding({ resourceArn, base, ours, standing });
  const { document, kept } = merged;
  const isOwn = samePolicy(document, ours);
  const canMerge = hasMergedParameters(
    offered.map(({ ParameterKey: key = '' }) => key),
  );
  if (!canMerge && !isOwn) {
    throw new InputError(
      `The auth policy of ${resourceArn} has statements that this version of the product would drop: ${kept.join(
        ', ',
      )}. Nothing was changed. Publish the product's newer version (npm run products -- publish), then run the template again.`,
    );
  }
  const believed = mergedPolicyIn(stackValues) ?? base;
  const isBelieved = samePolicy(believed, standing);
  return {
    resourceArn,
    values: canMerge ? mergedParameters(isOwn ? undefined : document) : {},
    kept,
    standing,
    document,
    ...(!isBelieved &&
      hasMergedParameters(Object.keys(stackValues)) && {
        standingValues: { ...stackValues, ...mergedParameters(standing) },
      }),
  };
}

async function readState(options: {
  cloudFormation: CloudFormationClient;
  policies: Pick<AuthPolicyStore, 'get'>;
  stackName: string;
  resourceArn: string;
}): Promise<{
  stackValues: Record<string, string>;
  standing: string | undefined;
}> {
  const { cloudFormation, policies, stackName, resourceArn } = options;
  try {
    const [{ Stacks: [stack] = [] }, { document }] = await Promise.all([
      cloudFormation.send(new DescribeStacksCommand({ StackName: stackName })),
      policies.get({ resourceArn }),
    ]);
    const stackValues = Object.fromEntries(
      (stack?.Parameters ?? []).map(
        ({ ParameterKey: key = '', ParameterValue: value = '' }) => [
          key,
          value,
        ],
      ),
    );
    return { stackValues, standing: document };
  } catch (error) {
    const { name, message } = toError(error);
    throw new ServiceUnavailableError(
      `What stands in the auth policy of ${resourceArn} can't be read, so a change could lose statements (${name}: ${message}). Nothing was changed. Let the reader role read the policy and the provisioner role describe stack ${stackName}, then run the template again.`,
      error,
    );
  }
}

function defaultsOf(
  offered: ProvisioningArtifactParameter[],
): Record<string, string> {
  return Object.fromEntries(
    offered.flatMap(({ ParameterKey: key, DefaultValue: value }) =>
      key === undefined || value === undefined ? [] : [[key, value]],
    ),
  );
}
