import {
  isDenied,
  type MapCaller,
  type MapEdge,
  type Outcome,
  type OutcomeCounts,
  outcomes,
  type ServiceCaller,
  sumOutcomeCounts,
} from '@lattice-portal/plugin-lattice-common';

/**
 * Callers with what became of their calls, those with the most denied calls first.
 */
export function toServiceCallers(options: {
  callers: MapCaller[];
  edges: MapEdge[];
}): ServiceCaller[] {
  const { callers, edges } = options;
  const countsOf = new Map<string, OutcomeCounts[]>();
  for (const { callerId, counts } of edges) {
    countsOf.set(callerId, [...(countsOf.get(callerId) ?? []), counts]);
  }
  return callers
    .map(caller => {
      const counts = sumOutcomeCounts(countsOf.get(caller.id) ?? []);
      const sum = (among: readonly Outcome[]) =>
        among.reduce((total, outcome) => total + counts[outcome], 0);
      const calls = sum(outcomes);
      const denied = sum(outcomes.filter(isDenied));
      return { ...caller, counts, calls, denied, deniedShare: denied / calls };
    })
    .sort((a, b) => b.denied - a.denied || b.calls - a.calls);
}
