import { AwsError } from '../operations/AwsError';

/**
 * The value of an execution parameter, which is a literal of SQL.
 *
 * @throws AwsError for what is none, such as a text without quotes
 */
export function parseParameter(
  literal: string,
): string | number | bigint | boolean {
  const text = literal.match(/^'((?:[^']|'')*)'$/s);
  if (text) {
    return text[1].replaceAll("''", "'");
  }
  if (/^-?\d+$/.test(literal)) {
    return BigInt(literal);
  }
  if (/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(literal)) {
    return Number(literal);
  }
  if (/^(true|false)$/i.test(literal)) {
    return literal.toLowerCase() === 'true';
  }
  throw new AwsError({
    code: 'InvalidRequestException',
    message: `mismatched input '${literal}'. Expecting: <expression>`,
  });
}
