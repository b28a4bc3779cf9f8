import { roleArnFromPrincipal } from '../arn/roleArnFromPrincipal';
import { PolicyStatement, SignedCaller } from '../types';
import { PolicyChangeError } from './PolicyChangeError';

/**
 * What a statement is to allow.
 *
 * @public
 */
export interface ProposeStatementOptions {
  /** Sid of the statement: letters and digits. Begin it with a prefix of your own to find it again. */
  sid: string;
  /** Who is to be allowed. A session is widened to its role: `roleArn` if given, else derived from `arn`. */
  caller: Pick<SignedCaller, 'arn' | 'roleArn'>;
  serviceArn: string;
  /** HTTP methods, such as `GET`. Empty: every method. */
  methods: string[];
  /** Path patterns with `*` and `?`, such as `/orders/*`. At least one. */
  paths: string[];
  /** Only from this VPC. */
  sourceVpc?: string;
  /** Only before this time. */
  expiresAt?: Date;
}

/**
 * The least statement that allows a caller's role to invoke paths of one service.
 *
 * @throws `InputError` for a Sid with other characters than letters and digits, for no
 * path, and for a path that IAM would read as a policy variable.
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
 * @public
 */
export function proposeStatement(
  options: ProposeStatementOptions,
): PolicyStatement {
  const { sid, caller, serviceArn, methods, paths } = options;
  if (!/^[A-Za-z0-9]+$/.test(sid)) {
    throw new PolicyChangeError(
      'InputError',
      `Sid "${sid}" may only hold letters and digits`,
    );
  }
  if (paths.length === 0) {
    throw new PolicyChangeError('InputError', 'At least one path is needed');
  }
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: { AWS: caller.roleArn ?? roleArnFromPrincipal(caller.arn) },
    Action: 'vpc-lattice-svcs:Invoke',
    Resource: oneOrMany(paths.map(path => resourceOf({ serviceArn, path }))),
    ...conditionOf({ ...options, methods }),
  };
}

function resourceOf(options: { serviceArn: string; path: string }): string {
  const { serviceArn, path } = options;
  if (path.includes('${')) {
    throw new PolicyChangeError(
      'InputError',
      `Path "${path}" would be read as a policy variable`,
    );
  }
  return `${serviceArn}${path.startsWith('/') ? '' : '/'}${path}`;
}

function conditionOf(
  options: ProposeStatementOptions,
): Pick<PolicyStatement, 'Condition'> {
  const { methods, sourceVpc, expiresAt } = options;
  const equals: Record<string, unknown> = {};
  if (methods.length > 0) {
    equals['vpc-lattice-svcs:RequestMethod'] = oneOrMany(methods);
  }
  if (sourceVpc) {
    equals['vpc-lattice-svcs:SourceVpc'] = sourceVpc;
  }
  const condition: Record<string, Record<string, unknown>> = {};
  if (Object.keys(equals).length > 0) {
    condition.StringEquals = equals;
  }
  if (expiresAt) {
    // Whole seconds: the form of AWS's own examples.
    const text = expiresAt.toISOString().replace(/\.\d+Z$/, 'Z');
    condition.DateLessThan = { 'aws:CurrentTime': text };
  }
  return Object.keys(condition).length > 0 ? { Condition: condition } : {};
}

function oneOrMany(values: string[]): string | string[] {
  const unique = [...new Set(values)];
  return unique.length === 1 ? unique[0] : unique;
}
