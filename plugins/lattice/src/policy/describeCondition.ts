import { formatUtc } from '../format';
import { describeConditionKey } from './describeConditionKey';

/** One key of one operator. */
export interface Condition {
  /** As in the document, such as `ForAnyValue:StringLikeIfExists`. */
  operator: string;
  key: string;
  values: string[];
}

interface Relation {
  /** Between key and values. */
  words: string;
  negated?: boolean;
  /** How a value is written. */
  write?: (value: string) => string;
  after?: string;
}

const anyCase = ', in upper or lower case';

const relations: Record<string, Relation> = {
  StringEquals: { words: 'is' },
  StringNotEquals: { words: 'is', negated: true },
  StringEqualsIgnoreCase: { words: 'is', after: anyCase },
  StringNotEqualsIgnoreCase: { words: 'is', negated: true, after: anyCase },
  StringLike: { words: 'is like' },
  StringNotLike: { words: 'is like', negated: true },
  NumericEquals: { words: 'is' },
  NumericNotEquals: { words: 'is', negated: true },
  NumericLessThan: { words: 'is less than' },
  NumericLessThanEquals: { words: 'is at most' },
  NumericGreaterThan: { words: 'is more than' },
  NumericGreaterThanEquals: { words: 'is at least' },
  DateEquals: { words: 'is', write: date },
  DateNotEquals: { words: 'is', negated: true, write: date },
  DateLessThan: { words: 'is before', write: date },
  DateLessThanEquals: { words: 'is not after', write: date },
  DateGreaterThan: { words: 'is after', write: date },
  DateGreaterThanEquals: { words: 'is not before', write: date },
  Bool: { words: 'is' },
  BinaryEquals: { words: 'is the bytes' },
  IpAddress: { words: 'is in' },
  NotIpAddress: { words: 'is in', negated: true },
  // Both compare with wildcards:
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
  ArnEquals: { words: 'is like' },
  ArnLike: { words: 'is like' },
  ArnNotEquals: { words: 'is like', negated: true },
  ArnNotLike: { words: 'is like', negated: true },
};

// How a limit of the current time is said.
const times: Record<string, (time: string) => string> = {
  DateLessThan: time => `until ${time}`,
  DateLessThanEquals: time => `until ${time}`,
  DateGreaterThan: time => `after ${time}`,
  DateGreaterThanEquals: time => `from ${time} on`,
};

/**
 * What a condition asks for, as an answer to `Only` or `Only if`. What has no words is shown as it stands.
 */
export function describeCondition(
  condition: Condition,
): [question: string, answer: string] {
  const { operator, key, values } = condition;
  const [, set, base = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const verbatim = `${operator} ${key} ${values.join(', ')}`.trim();
  const lower = key.toLowerCase();
  if (!values.length) {
    return ['Only if', verbatim];
  }
  if (base === 'Null' && !ifExists && values.length === 1) {
    return ['Only if', describeNull(key, values[0]) ?? verbatim];
  }
  const relation = relations[base];
  if (!relation) {
    return ['Only if', verbatim];
  }
  if (lower === 'aws:currenttime' && times[base] && values.length === 1) {
    return ['Only', times[base](date(values[0]))];
  }
  const name = describeConditionKey(key);
  const absent = ifExists ? `, or ${name} is not there` : '';
  if (lower === 'vpc-lattice-svcs:sourcevpc' && !set && !relation.after) {
    const like = base.endsWith('Like') ? 'a VPC like' : 'VPC';
    const from = `from ${like} ${values.join(' or ')}`;
    return ['Only', `${relation.negated ? 'not ' : ''}${from}${absent}`];
  }
  const subject = {
    ForAnyValue: `at least one value of ${name}`,
    ForAllValues: `every value of ${name}, if there is any,`,
  }[set ?? ''];
  return [
    'Only if',
    `${subject ?? name} ${predicate(relation, values)}${absent}`,
  ];
}

function predicate(relation: Relation, values: string[]): string {
  const { words, negated, write = value => value, after = '' } = relation;
  const written = values.map(value => write(value) || '“”');
  if (!negated) {
    return `${words} ${written.join(' or ')}${after}`;
  }
  const is = words.replace(/^is ?/, '');
  const not = written.length > 1 ? 'is neither' : 'is not';
  return `${[not, is].filter(Boolean).join(' ')} ${written.join(
    ' nor ',
  )}${after}`;
}

function describeNull(key: string, value: string): string | undefined {
  const name = describeConditionKey(key);
  switch (value.toLowerCase()) {
    case 'true':
      return `${name} is not there`;
    case 'false':
      return `${name} is there`;
    default:
      return undefined;
  }
}

/** Seconds since the epoch or ISO 8601; anything else as it is. */
function date(value: string): string {
  return formatUtc(/^\d+$/.test(value) ? Number(value) * 1000 : value);
}
