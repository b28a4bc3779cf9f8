import { Fact, UnknownFact } from './Fact';

/**
 * Looks a name up in a complete set of tags, headers or query parameters.
 *
 * @param options - `ignoreCase`: whether names that differ only by case are surely the
 * same; if not, AWS's pages leave it open.
 */
export function lookUpTag<T extends string | readonly string[]>(options: {
  tags: Record<string, T>;
  tag: string;
  key: string;
  ignoreCase: boolean;
}): Fact {
  const { tags, tag, key, ignoreCase } = options;
  const lower = tag.toLowerCase();
  let found: string | undefined;
  let others: string[] | undefined;
  for (const name of Object.keys(tags)) {
    if (name === tag || name.toLowerCase() === lower) {
      if (found === undefined) {
        found = name;
      } else {
        others = [...(others ?? [found]), name];
      }
    }
  }
  if (found === undefined) {
    return undefined;
  }
  if (!others && (ignoreCase || found === tag)) {
    return tags[found];
  }
  const names = others ?? [found];
  const values = names.map(name => tags[name]);
  return UnknownFact.create({
    // Header values that are joined are other values still.
    ...(ignoreCase && values.every(value => typeof value === 'string')
      ? { present: true, candidates: values }
      : {}),
    reason: `${key}: open rule, whether names that differ only by case are the same (${names.join(
      ', ',
    )})`,
  });
}
