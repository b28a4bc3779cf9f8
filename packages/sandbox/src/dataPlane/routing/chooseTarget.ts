import type { Estate } from '../../estate/Estate';
import type { RuleAction, Target, TargetGroup } from '../../estate/resources';

/** A target group by weight, and one of its targets; absent where there is none to choose. */
export interface ChosenTarget {
  targetGroup?: TargetGroup;
  target?: Target;
}

/**
 * Chooses where a forward action sends one request.
 *
 * @remarks
 * Healthy targets first; with none of them healthy all take requests, as VPC Lattice fails open.
 *
 * @param random - Source of chance, from 0 to below 1.
 */
export function chooseTarget(options: {
  estate: Estate;
  action: Extract<RuleAction, { forward: unknown }>;
  random: () => number;
}): ChosenTarget {
  const { estate, action, random } = options;
  const { targetGroups } = action.forward;
  const total = targetGroups.reduce((sum, { weight = 100 }) => sum + weight, 0);
  let rest = random() * total;
  for (const { targetGroupIdentifier, weight = 100 } of targetGroups) {
    rest -= weight;
    if (weight > 0 && rest < 0) {
      const targetGroup = findTargetGroup(estate, targetGroupIdentifier);
      return {
        targetGroup,
        target: targetGroup && pick(targetGroup.targets, random),
      };
    }
  }
  return {};
}

function findTargetGroup(
  estate: Estate,
  identifier: string,
): TargetGroup | undefined {
  return (
    estate.targetGroups.get(identifier) ??
    estate.targetGroups.find(group => group.id === identifier)
  );
}

function pick(targets: Target[], random: () => number): Target | undefined {
  const open = targets.filter(target => target.status !== 'DRAINING');
  const healthy = open.filter(
    ({ status }) => status === 'HEALTHY' || status === 'UNAVAILABLE',
  );
  const candidates = healthy.length > 0 ? healthy : open;
  return candidates[Math.floor(random() * candidates.length)];
}
