import {
  AUTH_POLICY_MAX_CHARACTERS,
  policySize,
} from '@lattice-portal/auth-policy';
import { InputError } from '@backstage/errors';

/**
 * Parameters of a product that hold its whole auth policy, one part after the other, with what others added to it.
 *
 * @remarks
 * Three, as a parameter holds 4,096 bytes and a policy 10,000 characters
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html).
 */
const PARTS = ['MergedPolicy1', 'MergedPolicy2', 'MergedPolicy3'];
const PART_BYTES = 4096;

/** Whether a product has these parameters. */
export function hasMergedParameters(keys: string[]): boolean {
  return PARTS.every(part => keys.includes(part));
}

/** The policy that the parameters hold. Undefined: none, the product makes its own. */
export function mergedPolicyIn(
  values: Record<string, string>,
): string | undefined {
  return PARTS.map(part => values[part] ?? '').join('') || undefined;
}

/**
 * The parameters that hold a policy.
 *
 * @param policy - undefined: the product makes its own
 * @throws InputError when it is too long for VPC Lattice, or for three parameters
 */
export function mergedParameters(
  policy: string | undefined,
): Record<string, string> {
  const text = policy ?? '';
  const size = policySize(text);
  const parts = partsOf(text);
  if (size > AUTH_POLICY_MAX_CHARACTERS || parts.length > PARTS.length) {
    throw new InputError(
      `The auth policy would have ${size} characters with what was added to it since, and VPC Lattice takes ${AUTH_POLICY_MAX_CHARACTERS}. Nothing was changed. Let fewer roles in by the form, or end access that isn't needed any more, then run the template again.`,
    );
  }
  return Object.fromEntries(
    PARTS.map((part, index) => [part, parts[index] ?? '']),
  );
}

/** Pieces of a text with at most as many bytes as a parameter holds; no letter is torn apart. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  let bytes = 0;
  for (const letter of text) {
    const more = Buffer.byteLength(letter);
    if (bytes + more > PART_BYTES) {
      parts.push(part);
      part = '';
      bytes = 0;
    }
    part += letter;
    bytes += more;
  }
  return part ? [...parts, part] : parts;
}
