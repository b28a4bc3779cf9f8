import { AUTH_POLICY_MAX_CHARACTERS } from '../change/minifyPolicy';
import { positionIn } from './PathIndex';
import { PolicyFinding } from './PolicyFinding';

/**
 * What `PutAuthPolicy` asks of the text.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/quotas.html
 */
export function lintText(source: unknown): PolicyFinding[] {
  const findings: PolicyFinding[] = [];
  const smallest = minified(source);
  if (smallest > AUTH_POLICY_MAX_CHARACTERS) {
    findings.push({
      code: 'policy-too-long',
      severity: 'error',
      path: '$',
      message: `The policy has ${smallest} characters without white space; VPC Lattice takes ${AUTH_POLICY_MAX_CHARACTERS}.`,
    });
  }
  if (typeof source !== 'string') {
    return findings;
  }
  if (
    source.length > AUTH_POLICY_MAX_CHARACTERS &&
    smallest <= AUTH_POLICY_MAX_CHARACTERS
  ) {
    findings.push({
      code: 'policy-too-long',
      severity: 'warning',
      path: '$',
      message: `The policy has ${source.length} characters, ${smallest} of them without white space; whether VPC Lattice counts white space against its ${AUTH_POLICY_MAX_CHARACTERS} is not documented.`,
    });
  }
  const lineBreak = source.trim().search(/[\r\n]/);
  if (lineBreak !== -1) {
    const start = source.length - source.trimStart().length;
    findings.push({
      code: 'line-break',
      severity: 'warning',
      path: '$',
      message:
        'PutAuthPolicy takes no line breaks: put the policy without white space.',
      ...positionIn(source, start + lineBreak),
    });
  }
  return findings;
}

function minified(source: unknown): number {
  try {
    const value = typeof source === 'string' ? JSON.parse(source) : source;
    return JSON.stringify(value)?.length ?? 0;
  } catch {
    // Not JSON, which the parser reports.
    return typeof source === 'string' ? source.length : 0;
  }
}
