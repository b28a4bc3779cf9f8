import type {
  AccountEstate,
  EstateGap,
} from '@lattice-portal/plugin-lattice-common';

/** Lists of an estate. Some AWS lists by another resource: which, of an item. */
const lists: { [name: string]: (item: any) => string[] } = {
  serviceNetworks: () => [],
  services: () => [],
  targetGroups: () => [],
  resourceShares: () => [],
  vpcs: () => [],
  roles: () => [],
  vpcAssociations: item => [item.serviceNetworkArn],
  serviceAssociations: item => [item.serviceNetworkArn, item.serviceArn],
  accessLogSubscriptions: item => [item.resourceArn],
};

/** Parts of resources that are read by calls of their own. */
const fields = ['tags', 'listeners', 'targets'];

type Lists = Record<string, { arn?: string; id?: string }[]>;

/**
 * Fills lists, tags, listeners and targets that could not be read with what was read of them last, so that
 * nothing that could not be read shows as empty. Auth policies stay unreadable: nothing is decided by a
 * policy that may be another by now.
 *
 * @param options - `last` and `lastReadAt` (ISO 8601): the copy before this one
 * @returns the estate; a gap that was filled says since when in `keptFrom`
 */
export function keepLastGood(options: {
  fresh: AccountEstate;
  last: AccountEstate;
  lastReadAt: string;
}): AccountEstate {
  const { fresh, last } = options;
  const result = { ...fresh } as AccountEstate & Lists;
  const before = last as AccountEstate & Lists;
  const gaps = fresh.gaps.map(gap => {
    const [, name, arn] = /^(\w+)(?: of (\S+))?$/.exec(gap.part) ?? [];
    const keptFrom = lastGoodOf(gap, options);
    if (!keptFrom || !(name in lists || fields.includes(name))) {
      return gap;
    }
    if (fields.includes(name)) {
      keepField({ result, before, name, arn });
    } else {
      const kept = before[name].filter(
        item => !arn || lists[name](item).includes(arn),
      );
      Object.assign(result, { [name]: union(kept, result[name]) });
    }
    return { ...gap, keptFrom };
  });
  return { ...result, gaps };
}

/** When the part of a gap was last read, as far as the copy before has it. */
function lastGoodOf(
  gap: EstateGap,
  { last, lastReadAt }: Parameters<typeof keepLastGood>[0],
): string | undefined {
  const before = last.gaps.find(
    ({ part }) => part === gap.part || gap.part.startsWith(`${part} of `),
  );
  return before ? before.keptFrom : lastReadAt;
}

function keepField(options: {
  result: Lists;
  before: Lists;
  name: string;
  arn: string | undefined;
}): void {
  const { result, before, name, arn } = options;
  for (const list of ['services', 'serviceNetworks', 'targetGroups']) {
    const old: any = before[list].find(item => item.arn === arn);
    if (old) {
      const filled = result[list].map(item =>
        item.arn === arn ? { ...item, [name]: old[name] } : item,
      );
      Object.assign(result, { [list]: filled });
    }
  }
}

/** What was read now wins over what was read before. */
function union(before: Lists[string], now: Lists[string]): Lists[string] {
  const keyOf = (item: Lists[string][number]) => item.arn ?? item.id;
  return [
    ...new Map([...before, ...now].map(item => [keyOf(item), item])).values(),
  ];
}
