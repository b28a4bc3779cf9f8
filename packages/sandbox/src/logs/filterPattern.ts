import { AwsError } from '../operations/AwsError';
import { compileJsonPattern } from './jsonPattern';

/**
 * Makes a test for log messages from a filter pattern: quoted or bare terms (all must occur),
 * `-term` (must not occur), `?term` (one of these must occur), or a JSON pattern in braces.
 *
 * @remarks
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * Space-delimited patterns (`[a, b]`) and regular expressions (`%…%`) are refused rather than misread.
 *
 * @throws AwsError InvalidParameterException
 */
export function compileFilterPattern(
  pattern: string,
): (message: string) => boolean {
  const text = pattern.trim();
  if (text === '') {
    return () => true;
  }
  if (text.startsWith('{')) {
    return compileJsonPattern(text);
  }
  if (text.startsWith('[') || text.includes('%')) {
    throw new AwsError({
      code: 'InvalidParameterException',
      message: `Filter patterns of this kind are not supported: ${text}`,
    });
  }
  const required: string[] = [];
  const excluded: string[] = [];
  const optional: string[] = [];
  for (const [, sign, quoted, bare] of text.matchAll(
    /([-?]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g,
  )) {
    const term = quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1');
    const terms = { '-': excluded, '?': optional }[sign] ?? required;
    terms.push(term);
  }
  return message =>
    required.every(term => message.includes(term)) &&
    !excluded.some(term => message.includes(term)) &&
    (optional.length === 0 || optional.some(term => message.includes(term)));
}
