import { placeOf, type PlaceOptions } from '../formPlace';
import type { PolicyAnswer } from './PolicyAnswer';
import type { PolicyPlace } from './PolicyPlace';

/** Methods and path that can't be chosen. */
export type FixedParts = Pick<PolicyAnswer, 'methods' | 'path'>;

/** What a template says of `LatticePolicyField`. */
export interface PolicyFieldOptions extends PlaceOptions {
  /** Names of roles that are chosen already, if they are there. */
  preselect?: string[];
  /** Field whose value says what is fixed. */
  fixedBy?: string;
  /** What is fixed, by the value of that field. A value that isn't there fixes nothing. */
  fixed?: Record<string, FixedParts>;
}

/** What the form says of the methods and the path. Absent: they can be chosen. */
export function fixedPartsOf(
  options: PolicyFieldOptions | undefined,
  formData: Record<string, unknown> | undefined,
): FixedParts | undefined {
  const value = formData?.[options?.fixedBy ?? ''];
  return typeof value === 'string' ? options?.fixed?.[value] : undefined;
}

/**
 * Where the policy will stand, and how long it may be there.
 *
 * @param schema - of the field: `maxLength` of its property `document` counts
 */
export function policyPlaceOf(
  options: PolicyFieldOptions | undefined,
  formData: Record<string, unknown> | undefined,
  schema: unknown,
): PolicyPlace {
  const { properties } = (schema ?? {}) as {
    properties?: Record<string, { maxLength?: number } | undefined>;
  };
  return {
    ...placeOf(options, formData),
    documentLimit: properties?.document?.maxLength,
  };
}
