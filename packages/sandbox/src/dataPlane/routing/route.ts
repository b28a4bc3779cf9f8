import type { Estate } from '../../estate/Estate';
import type {
  Listener,
  RuleAction,
  RuleMatch,
  Service,
} from '../../estate/resources';

/** The parts of a request that rules look at. */
export interface RoutedRequest {
  method: string;
  path: string;
  /** Names in lower case. */
  headers: Record<string, string[]>;
}

/**
 * The listener that takes a call to `host`: the one on the host's port, else the one for HTTPS, as
 * clients of the sandbox reach every service through one port.
 */
export function listenerFor(options: {
  estate: Estate;
  service: Service;
  host: string;
}): Listener | undefined {
  const { estate, service, host } = options;
  const listeners = estate.listeners.filter(
    listener => listener.serviceArn === service.arn,
  );
  const port = Number(/:(\d+)$/.exec(host)?.[1]);
  return (
    listeners.find(listener => listener.port === port) ??
    listeners.find(listener => listener.protocol === 'HTTPS') ??
    listeners[0]
  );
}

/**
 * What the listener does with a request: the action of the first rule that matches in the order of
 * priority, else its default action.
 *
 * @remarks
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/listeners.html#listener-rules
 */
export function actionFor(options: {
  estate: Estate;
  listener: Listener;
  request: RoutedRequest;
}): RuleAction {
  const { estate, listener, request } = options;
  const rules = estate.rules
    .filter(rule => rule.listenerArn === listener.arn)
    .sort((one, other) => one.priority - other.priority);
  return (
    rules.find(rule => ruleMatches(rule.match, request))?.action ??
    listener.defaultAction
  );
}

/** Whether a request fulfils all conditions of a rule. */
export function ruleMatches(
  { httpMatch }: RuleMatch,
  request: RoutedRequest,
): boolean {
  const { method, pathMatch, headerMatches = [] } = httpMatch;
  if (method !== undefined && method !== request.method) {
    return false;
  }
  if (
    pathMatch &&
    !textMatches(pathMatch.match, request.path, pathMatch.caseSensitive)
  ) {
    return false;
  }
  return headerMatches.every(({ name, match, caseSensitive }) =>
    request.headers[name.toLowerCase()]?.some(value =>
      textMatches(match, value, caseSensitive),
    ),
  );
}

function textMatches(
  match: { exact?: string; prefix?: string; contains?: string },
  value: string,
  caseSensitive = false,
): boolean {
  const fold = (text: string) => (caseSensitive ? text : text.toLowerCase());
  const text = fold(value);
  if (match.exact !== undefined) {
    return text === fold(match.exact);
  }
  if (match.prefix !== undefined) {
    return text.startsWith(fold(match.prefix));
  }
  return match.contains !== undefined && text.includes(fold(match.contains));
}
