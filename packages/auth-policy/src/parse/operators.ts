/** What a condition operator compares, and whether it is the negative of another. */
export interface OperatorForm {
  type:
    | 'string'
    | 'numeric'
    | 'date'
    | 'bool'
    | 'binary'
    | 'ipAddress'
    | 'arn'
    | 'null';
  negated?: boolean;
  /** For `string`: how text is compared. */
  text?: 'equals' | 'ignoreCase' | 'like';
  /** For `numeric` and `date`. */
  order?: '=' | '<' | '<=' | '>' | '>=';
}

/**
 * All condition operators.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const OPERATORS: ReadonlyMap<string, OperatorForm> = new Map<
  string,
  OperatorForm
>([
  ['StringEquals', { type: 'string', text: 'equals' }],
  ['StringNotEquals', { type: 'string', text: 'equals', negated: true }],
  ['StringEqualsIgnoreCase', { type: 'string', text: 'ignoreCase' }],
  [
    'StringNotEqualsIgnoreCase',
    { type: 'string', text: 'ignoreCase', negated: true },
  ],
  ['StringLike', { type: 'string', text: 'like' }],
  ['StringNotLike', { type: 'string', text: 'like', negated: true }],
  ['NumericEquals', { type: 'numeric', order: '=' }],
  ['NumericNotEquals', { type: 'numeric', order: '=', negated: true }],
  ['NumericLessThan', { type: 'numeric', order: '<' }],
  ['NumericLessThanEquals', { type: 'numeric', order: '<=' }],
  ['NumericGreaterThan', { type: 'numeric', order: '>' }],
  ['NumericGreaterThanEquals', { type: 'numeric', order: '>=' }],
  ['DateEquals', { type: 'date', order: '=' }],
  ['DateNotEquals', { type: 'date', order: '=', negated: true }],
  ['DateLessThan', { type: 'date', order: '<' }],
  ['DateLessThanEquals', { type: 'date', order: '<=' }],
  ['DateGreaterThan', { type: 'date', order: '>' }],
  ['DateGreaterThanEquals', { type: 'date', order: '>=' }],
  ['Bool', { type: 'bool' }],
  ['BinaryEquals', { type: 'binary' }],
  ['IpAddress', { type: 'ipAddress' }],
  ['NotIpAddress', { type: 'ipAddress', negated: true }],
  ['ArnEquals', { type: 'arn' }],
  ['ArnLike', { type: 'arn' }],
  ['ArnNotEquals', { type: 'arn', negated: true }],
  ['ArnNotLike', { type: 'arn', negated: true }],
  ['Null', { type: 'null' }],
]);
