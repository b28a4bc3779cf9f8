import { AnySituation } from './arbitraries/anySituation';
import { OracleStatement } from './oracle';

/** The statement lists of a situation, with how to put another in the place of one. */
export function changeDocument(options: {
  situation: AnySituation;
  /** Which document; taken modulo how many there are. */
  choice: number;
  change: (
    list: OracleStatement[],
    kind: 'resource' | 'identity',
  ) => OracleStatement[];
}): AnySituation {
  const { situation, choice, change } = options;
  const changes: Array<() => AnySituation> = [];
  for (const layer of ['network', 'service'] as const) {
    const list = situation[layer];
    if (typeof list !== 'string') {
      changes.push(() => ({ ...situation, [layer]: change(list, 'resource') }));
    }
  }
  const inLists = (
    lists: OracleStatement[][] | string | undefined,
    put: (changed: OracleStatement[][]) => AnySituation,
  ) => {
    if (typeof lists === 'object') {
      lists.forEach((list, index) =>
        changes.push(() =>
          put(
            lists.map((each, at) =>
              at === index ? change(list, 'identity') : each,
            ),
          ),
        ),
      );
    }
  };
  const { limits: given } = situation;
  inLists(situation.identity, identity => ({ ...situation, identity }));
  for (const name of ['permissionsBoundary', 'sessionPolicies'] as const) {
    inLists(given[name], lists => ({
      ...situation,
      limits: { ...given, [name]: lists },
    }));
  }
  given.serviceControlPolicies.forEach((level, index) =>
    inLists(level, lists => ({
      ...situation,
      limits: {
        ...given,
        serviceControlPolicies: given.serviceControlPolicies.map((each, at) =>
          at === index ? lists : each,
        ),
      },
    })),
  );
  return changes.length > 0 ? changes[choice % changes.length]() : situation;
}

/** The situation with something done to every document. */
export function changeDocuments(
  situation: AnySituation,
  change: (list: OracleStatement[]) => OracleStatement[],
): AnySituation {
  const inLists = <T>(lists: T) =>
    (Array.isArray(lists) ? lists.map(change) : lists) as T;
  const { network, service, identity, limits: given } = situation;
  return {
    ...situation,
    network: typeof network === 'string' ? network : change(network),
    service: typeof service === 'string' ? service : change(service),
    identity: inLists(identity),
    limits: {
      permissionsBoundary: inLists(given.permissionsBoundary),
      sessionPolicies: inLists(given.sessionPolicies),
      serviceControlPolicies: given.serviceControlPolicies.map(inLists),
    },
  };
}
