import { PolicyDocument } from '../types';

/**
 * The most characters that VPC Lattice takes for an auth policy (10 KB, not adjustable).
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/quotas.html
 * @public
 */
export const AUTH_POLICY_MAX_CHARACTERS = 10000;

/**
 * The text of a policy as `PutAuthPolicy` takes it: JSON without line breaks and
 * without white space outside of strings.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_PutAuthPolicy.html
 * @public
 */
export function minifyPolicy(document: PolicyDocument): string {
  return JSON.stringify(document);
}

/**
 * The size of a policy text in characters, to be held against
 * {@link AUTH_POLICY_MAX_CHARACTERS}.
 *
 * @public
 */
export function policySize(text: string): number {
  return text.length;
}
