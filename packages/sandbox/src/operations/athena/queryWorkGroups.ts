import type { Estate } from '../../estate/Estate';

const workGroups = new WeakMap<Estate, Map<string, string>>();

/** Workgroups of the queries of an estate, by their ids: a query is authorized as its workgroup. */
export function queryWorkGroups(estate: Estate): Map<string, string> {
  let known = workGroups.get(estate);
  if (!known) {
    known = new Map();
    workGroups.set(estate, known);
  }
  return known;
}
