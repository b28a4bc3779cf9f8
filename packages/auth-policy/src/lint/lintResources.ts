import { LintContext } from './LintContext';
import { actionsOfStatement } from './lintActions';

const SERVICE_ARN = /^arn:[^:]*:vpc-lattice:[^:]*:[^:]*:service\/[^/*?$]+$/;

/**
 * Resources that no call goes to, and those whose reach AWS doesn't document.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
 */
export function lintResources(context: LintContext): void {
  if (context.policy.kind !== 'resource') {
    return;
  }
  for (const statement of context.policy.statements) {
    const { patterns, negated } = statement.resource;
    const path = context.element(statement, 'Resource');
    const isInvoke = actionsOfStatement(statement).includes(
      'vpc-lattice-svcs:Invoke',
    );
    for (const [index, text] of patterns.entries()) {
      const message = uncertainty({ text, isInvoke });
      if (message) {
        context.add({
          code: 'uncertain-resource',
          severity: 'warning',
          path: context.item(path, index),
          message,
        });
      }
    }
    const isDead = patterns.every(text => impossible(text) !== undefined);
    if (!negated && isDead) {
      context.add({
        code: 'never-matches',
        severity: 'warning',
        path,
        message: `The statement never matches: ${
          patterns.map(impossible)[0] ?? 'it names no resource'
        }.`,
      });
    }
  }
}

function uncertainty(options: {
  text: string;
  isInvoke: boolean;
}): string | undefined {
  const { text, isInvoke } = options;
  if (SERVICE_ARN.test(text) && isInvoke) {
    return `Whether the ARN of a service covers its paths is not documented; write ${text}/*.`;
  }
  return hasUnsupportedWildcard(text)
    ? `${text} has a wildcard in the partition, service or resource type, which AWS does not support.`
    : undefined;
}

/** Why a pattern can't match a path of a service, if it can't. */
function impossible(text: string): string | undefined {
  const literal = text.split(/[*?]|\$\{/)[0];
  if (!literal.startsWith('arn:') && !'arn:'.startsWith(literal)) {
    return `a resource is the ARN of a service with a path, not ${text}`;
  }
  if (!text.startsWith('arn:')) {
    return undefined;
  }
  const parts = text.split(':');
  const [, , service = '', , , ...rest] = parts;
  const resource = rest.join(':');
  if (!/[*?$]/.test(service) && service !== 'vpc-lattice') {
    return `${text} is no ARN of VPC Lattice`;
  }
  const kind = resource.split(/[*?]|\$\{/)[0];
  const isService = kind.startsWith('service/') || 'service/'.startsWith(kind);
  return parts.length >= 6 && !isService
    ? `${text} is no service; the policy of a service network names services too`
    : undefined;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html#arns-paths-wildcards */
function hasUnsupportedWildcard(text: string): boolean {
  if (!text.startsWith('arn:')) {
    return false;
  }
  const [, partition = '', service = '', , , resource = ''] = text.split(':');
  const [type] = resource.split('/');
  return (
    [partition, service].some(part => /[*?]/.test(part)) ||
    (/[*?]/.test(type) && resource !== '*')
  );
}
