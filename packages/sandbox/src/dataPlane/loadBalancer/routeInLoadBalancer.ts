import type { Estate } from '../../estate/Estate';
import type {
  LoadBalancerAction,
  LoadBalancerTarget,
  LoadBalancerTargetGroup,
} from '../../estate/networkResources';
import { LoadBalancerRequest, ruleMatches } from './ruleMatches';

/** Where a load balancer sends a request, or what it answers itself. */
export type LoadBalancerRoute =
  | { kind: 'unconnected' }
  | {
      kind: 'answer';
      statusCode: number;
      headers: Record<string, string[]>;
      body: string;
    }
  | {
      kind: 'target';
      group: LoadBalancerTargetGroup;
      target: LoadBalancerTarget;
    };

/**
 * Routes a request by the listener on a port and its rules.
 *
 * @param options - `random`: source of chance, from 0 to below 1.
 */
export function routeInLoadBalancer(options: {
  estate: Estate;
  loadBalancerArn: string;
  port: number;
  request: LoadBalancerRequest;
  random: () => number;
}): LoadBalancerRoute {
  const { estate, loadBalancerArn, port, request } = options;
  const listener = estate.loadBalancerListeners.find(
    candidate =>
      candidate.loadBalancerArn === loadBalancerArn && candidate.port === port,
  );
  if (!listener) {
    return { kind: 'unconnected' };
  }
  const rule = estate.loadBalancerRules
    .filter(({ listenerArn }) => listenerArn === listener.arn)
    .sort((left, right) => left.priority - right.priority)
    .find(candidate => ruleMatches(candidate, request));
  const actions = rule?.actions ?? listener.defaultActions;
  return perform(actions.at(-1)!, options);
}

function perform(
  action: LoadBalancerAction,
  options: {
    estate: Estate;
    request: LoadBalancerRequest;
    random: () => number;
  },
): LoadBalancerRoute {
  switch (action.Type) {
    case 'forward':
      return forward(action, options);
    case 'fixed-response': {
      const {
        StatusCode,
        ContentType,
        MessageBody = '',
      } = action.FixedResponseConfig;
      return answer(Number(StatusCode), MessageBody, ContentType);
    }
    case 'redirect':
      return redirect(action.RedirectConfig, options.request);
    default:
      return answer(500, `The sandbox can't perform the action ${action.Type}`);
  }
}

function answer(
  statusCode: number,
  body: string,
  contentType = 'text/plain',
): LoadBalancerRoute {
  return {
    kind: 'answer',
    statusCode,
    headers: { 'content-type': [contentType] },
    body,
  };
}

function redirect(
  config: Record<string, string>,
  { headers, path, query }: LoadBalancerRequest,
): LoadBalancerRoute {
  const [host] = (headers.host?.[0] ?? '').split(':');
  const filled = (text: string) =>
    text
      .replaceAll('#{host}', host)
      .replaceAll('#{path}', path.slice(1))
      .replaceAll('#{query}', query)
      .replaceAll('#{protocol}', 'https')
      .replaceAll('#{port}', '443');
  const { Protocol = 'HTTPS', Host = '#{host}', Port = '443' } = config;
  const { Path = '/#{path}', Query = '#{query}', StatusCode } = config;
  const search = filled(Query);
  const location = `${filled(Protocol).toLowerCase()}://${filled(
    Host,
  )}:${filled(Port)}${filled(Path)}${search && `?${search}`}`;
  return {
    kind: 'answer',
    statusCode: StatusCode === 'HTTP_302' ? 302 : 301,
    headers: { location: [location] },
    body: '',
  };
}

function forward(
  action: LoadBalancerAction,
  { estate, random }: { estate: Estate; random: () => number },
): LoadBalancerRoute {
  const groups: { TargetGroupArn: string; Weight?: number }[] = action
    .ForwardConfig?.TargetGroups ?? [{ TargetGroupArn: action.TargetGroupArn }];
  const total = groups.reduce((sum, { Weight = 1 }) => sum + Weight, 0);
  let rest = random() * total;
  const chosen = groups.find(({ Weight = 1 }) => {
    rest -= Weight;
    return rest < 0;
  });
  const group =
    chosen && estate.loadBalancerTargetGroups.get(chosen.TargetGroupArn);
  const targets = group?.targets ?? [];
  const healthy = targets.filter(({ state }) => state === 'healthy');
  // With no healthy target all take requests, as load balancers fail open.
  const candidates = healthy.length > 0 ? healthy : targets;
  const target = candidates[Math.floor(random() * candidates.length)];
  return group && target
    ? { kind: 'target', group, target }
    : answer(503, '503 Service Temporarily Unavailable');
}
