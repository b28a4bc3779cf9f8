import type {
  HeaderMatch,
  RuleAction,
  RuleMatch,
} from '@aws-sdk/client-vpc-lattice';
import type { ListenerRule } from '@lattice-portal/plugin-lattice-common';

/** What a rule matches, in words: `GET /items/*`. */
export function describeMatch(match: RuleMatch | undefined): string {
  if (!match) {
    return 'default';
  }
  if (!match.httpMatch) {
    return 'a match this version does not know';
  }
  const { method, pathMatch, headerMatches = [] } = match.httpMatch;
  const path = pathMatch?.match?.exact ?? `${pathMatch?.match?.prefix ?? '/'}*`;
  const words = [
    method ?? 'any method',
    path,
    ...headerMatches.map(describeHeader),
  ];
  return words.join(' ');
}

function describeHeader(header: HeaderMatch): string {
  const { exact, prefix, contains } = header.match ?? {};
  if (exact !== undefined) {
    return `${header.name}: ${exact}`;
  }
  return prefix === undefined
    ? `${header.name}: *${contains ?? ''}*`
    : `${header.name}: ${prefix}*`;
}

/** Where a rule sends what it matches. */
export function describeAction(
  action: RuleAction | undefined,
): Pick<ListenerRule, 'targetGroups' | 'fixedResponseStatus'> {
  return {
    targetGroups: (action?.forward?.targetGroups ?? []).map(
      ({ targetGroupIdentifier = '', weight }) => ({
        targetGroupArn: targetGroupIdentifier,
        weight,
      }),
    ),
    fixedResponseStatus: action?.fixedResponse?.statusCode,
  };
}
