import { ConditionElement } from '../parse/Policy';
import { OPERATORS, OperatorForm } from '../parse/operators';
import { KeyType, KnownKey } from './keyTable';
import { PolicyFinding } from './PolicyFinding';

/** The operators for each type of key. IAM compares ARNs as strings too. */
const OPERATORS_OF: Record<KeyType, Array<OperatorForm['type']>> = {
  String: ['string'],
  ArrayOfString: ['string'],
  ARN: ['arn', 'string'],
  Bool: ['bool'],
  Date: ['date', 'numeric'],
  Numeric: ['numeric'],
  IPAddress: ['ipAddress'],
};

/**
 * An operator that isn't made for the type of its key.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function typeMismatch(
  { base, operator, set, key }: ConditionElement,
  { type }: KnownKey,
): Pick<PolicyFinding, 'code' | 'message'> | undefined {
  const form = OPERATORS.get(base);
  if (form && form.type !== 'null' && !OPERATORS_OF[type].includes(form.type)) {
    return {
      code: 'operator-type',
      message: `${operator} is not made for ${key}, whose type is ${type}.`,
    };
  }
  if (form?.type === 'null' && set) {
    return {
      code: 'set-operator',
      message: `${operator} is always ${String(
        set === 'ForAllValues',
      )}; write Null.`,
    };
  }
  const isMultivalued = type === 'ArrayOfString';
  if (form?.type !== 'null' && isMultivalued !== (set !== undefined)) {
    return {
      code: 'set-operator',
      message: isMultivalued
        ? `${key} can have several values, which needs ForAllValues or ForAnyValue.`
        : `${key} has one value; ${set} is for keys with several, and ForAllValues is true where the key is missing.`,
    };
  }
  return undefined;
}
