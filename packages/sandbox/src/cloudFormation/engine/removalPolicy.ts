import { ResourceDefinition } from '../template/Template';
import { RemovalPolicy } from './Stack';

/** The policy as the engine knows it; `parseTemplate` refuses `Snapshot`. */
export function removalPolicy(
  policy:
    | ResourceDefinition['DeletionPolicy']
    | ResourceDefinition['UpdateReplacePolicy'],
): RemovalPolicy {
  return policy === 'Retain' || policy === 'RetainExceptOnCreate'
    ? policy
    : 'Delete';
}

/**
 * Whether a resource is left alone when it leaves its stack.
 *
 * @param options - `isCreation`: the operation that made the resource is being undone.
 * `retainExceptOnCreate`: the operation asked to treat `Retain` as `RetainExceptOnCreate`.
 * {@link https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html}
 */
export function isRetained(
  policy: RemovalPolicy,
  options: { isCreation?: boolean; retainExceptOnCreate?: boolean } = {},
): boolean {
  const { isCreation, retainExceptOnCreate } = options;
  return (
    policy !== 'Delete' &&
    !(isCreation && (retainExceptOnCreate || policy === 'RetainExceptOnCreate'))
  );
}
