/** What it takes to choose. */
interface Sized {
  serviceArn: string;
  callerAccountId?: string;
  count: number;
}

/** Groups that are not listed, of one service and of callers of one account: who may see them depends on both. */
export interface UnlistedGroups {
  serviceArn: string;
  callerAccountId?: string;
  groups: number;
  calls: number;
}

/**
 * Chooses which groups are listed: the largest of each service, so that the owner of a small one has some too.
 *
 * @param options - `groups`: the largest first
 * @returns `listed`: in the order given
 */
export function chooseListed<T extends Sized>(options: {
  groups: readonly T[];
  max: number;
}): { listed: T[]; unlisted: UnlistedGroups[] } {
  const { groups, max } = options;
  if (groups.length <= max) {
    return { listed: [...groups], unlisted: [] };
  }
  const ofService = new Map<string, number>();
  const chosen = new Set(
    groups
      .map(group => {
        const before = ofService.get(group.serviceArn) ?? 0;
        ofService.set(group.serviceArn, before + 1);
        return { group, before };
      })
      .sort((one, other) => one.before - other.before)
      .slice(0, max)
      .map(({ group }) => group),
  );
  return {
    listed: groups.filter(group => chosen.has(group)),
    unlisted: summed(groups.filter(group => !chosen.has(group))),
  };
}

function summed(groups: readonly Sized[]): UnlistedGroups[] {
  const sums = new Map<string, UnlistedGroups>();
  for (const { serviceArn, callerAccountId, count } of groups) {
    const key = `${callerAccountId} ${serviceArn}`;
    const sum = sums.get(key) ?? {
      serviceArn,
      callerAccountId,
      groups: 0,
      calls: 0,
    };
    sum.groups++;
    sum.calls += count;
    sums.set(key, sum);
  }
  return [...sums.values()];
}
