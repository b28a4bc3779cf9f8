import type { LoadBalancerRule } from '../../estate/networkResources';

/** A request as the conditions of a load balancer's rules see it. */
export interface LoadBalancerRequest {
  method: string;
  /** Without the query string. */
  path: string;
  /** Without `?`. */
  query: string;
  /** Names in lower case. */
  headers: Record<string, string[]>;
}

function wildcard(pattern: string, options?: { ignoreCase: boolean }): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, options?.ignoreCase ? 'i' : '');
}

type Condition = Record<string, any>;

function conditionMatches(
  condition: Condition,
  request: LoadBalancerRequest,
): boolean {
  const { Field, Values = [] } = condition;
  const values = (config: string): string[] =>
    condition[config]?.Values ?? Values;
  const any = (
    patterns: string[],
    texts: string[],
    options?: { ignoreCase: boolean },
  ) =>
    patterns.some(pattern =>
      texts.some(text => wildcard(pattern, options).test(text)),
    );
  const ignoreCase = { ignoreCase: true };
  switch (Field) {
    case 'path-pattern':
      return any(values('PathPatternConfig'), [request.path]);
    case 'host-header':
      return any(
        values('HostHeaderConfig'),
        (request.headers.host ?? []).map(host => host.replace(/:\d+$/, '')),
        ignoreCase,
      );
    case 'http-request-method':
      return values('HttpRequestMethodConfig').includes(request.method);
    case 'http-header': {
      const { HttpHeaderName = '', Values: patterns = [] } =
        condition.HttpHeaderConfig ?? {};
      return any(
        patterns,
        request.headers[HttpHeaderName.toLowerCase()] ?? [],
        ignoreCase,
      );
    }
    case 'query-string': {
      const parameters = [...new URLSearchParams(request.query)];
      return (condition.QueryStringConfig?.Values ?? []).some(
        ({ Key, Value }: { Key?: string; Value: string }) =>
          parameters.some(
            ([key, value]) =>
              (!Key || wildcard(Key, ignoreCase).test(key)) &&
              wildcard(Value, ignoreCase).test(value),
          ),
      );
    }
    default:
      // A condition that isn't understood, such as one on addresses, does not hold.
      return false;
  }
}

/**
 * Whether a request meets all conditions of a rule of an Application Load Balancer.
 *
 * @remarks
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
export function ruleMatches(
  { conditions }: LoadBalancerRule,
  request: LoadBalancerRequest,
): boolean {
  return conditions.every(condition => conditionMatches(condition, request));
}
