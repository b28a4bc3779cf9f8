/**
 * Which grammar a document follows: an auth policy of a service network or service, or
 * an identity-based policy.
 *
 * @public
 */
export type PolicyKind = 'resource' | 'identity';

/**
 * A valid policy, in one shape whatever shorthand the document used.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * @public
 */
export interface Policy {
  kind: PolicyKind;
  version?: '2008-10-17' | '2012-10-17';
  id?: string;
  statements: Statement[];
}

/**
 * A statement of a parsed policy.
 *
 * @public
 */
export interface Statement {
  /** Position in the document's `Statement`, from 0. */
  index: number;
  sid?: string;
  effect: 'Allow' | 'Deny';
  /** Absent in identity policies. */
  principal?: PrincipalElement;
  action: PatternElement;
  resource: PatternElement;
  /** Absent: the statement has no `Condition`. Empty: it has one without content. */
  conditions?: ConditionElement[];
}

/**
 * `Action`, `NotAction`, `Resource` or `NotResource`.
 *
 * @public
 */
export interface PatternElement {
  /** Whether it is the `Not…` form. */
  negated: boolean;
  patterns: string[];
}

/**
 * `Principal` or `NotPrincipal` of a statement.
 *
 * @public
 */
export interface PrincipalElement {
  /** Whether it is `NotPrincipal`. */
  negated: boolean;
  entries: PrincipalEntry[];
}

/**
 * One principal named by a statement.
 *
 * @public
 */
export interface PrincipalEntry {
  type: 'AWS' | 'Service' | 'CanonicalUser';
  /** `*`, an ARN, an account id, a unique id, a service's name, as written. */
  value: string;
}

/**
 * One condition key under one operator.
 *
 * @public
 */
export interface ConditionElement {
  /** The operator as written, such as `ForAnyValue:StringLikeIfExists`. */
  operator: string;
  set?: 'ForAllValues' | 'ForAnyValue';
  /** The operator without set prefix and `IfExists`. */
  base: string;
  ifExists: boolean;
  /** The condition key as written. */
  key: string;
  values: ConditionValue[];
}

/**
 * One value of a condition, as text and as it stood in the document.
 *
 * @public
 */
export interface ConditionValue {
  /** The value as text. */
  text: string;
  /** Its JSON type in the document. */
  type: 'string' | 'number' | 'boolean';
}
