/**
 * What a finding is about. The codes are stable.
 *
 * @public
 */
export type PolicyFindingCode =
  | 'invalid-policy'
  | 'unknown-operator'
  | 'policy-too-long'
  | 'line-break'
  | 'unknown-action'
  | 'unknown-condition-key'
  | 'condition-key-case'
  | 'undocumented-condition-key'
  | 'impossible-condition-key'
  | 'operator-type'
  | 'set-operator'
  | 'bad-value'
  | 'never-matches'
  | 'uncertain-resource'
  | 'allow-all'
  | 'allows-anonymous'
  | 'variable-in-old-version'
  | 'not-principal'
  | 'duplicate-sid'
  | 'sid-characters'
  | 'redundant-statement';

/**
 * Something in a policy that is wrong or probably not meant.
 *
 * @public
 */
export interface PolicyFinding {
  code: PolicyFindingCode;
  /**
   * - `error`: `PutAuthPolicy` refuses it, or it can't do what it says;
   * - `warning`: probably not meant, or its effect is not documented.
   */
  severity: 'error' | 'warning';
  /** JSON path, such as `$.Statement[0].Action`. */
  path: string;
  /** One sentence in plain English. */
  message: string;
  /** 1-based, where the policy was given as text. */
  line?: number;
  /** 1-based, where the policy was given as text. */
  column?: number;
}
