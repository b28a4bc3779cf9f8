/** Lists whose order and single-item form have no meaning. */
const setElements = new Set([
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'NotPrincipal',
  'Condition',
]);

/**
 * Whether two policy documents mean the same: the order of keys and of values in a list, white space, and
 * a single value in or out of a list do not matter. Two texts that are no JSON are the same if they are equal.
 * Absent means no policy.
 *
 * @public
 */
export function samePolicy(
  a: string | undefined,
  b: string | undefined,
): boolean {
  return a === b || (!!a && !!b && canonical(a) === canonical(b));
}

function canonical(document: string): string {
  try {
    return JSON.stringify(normalise(JSON.parse(document), false));
  } catch {
    return document;
  }
}

function normalise(value: unknown, inSet: boolean): unknown {
  if (Array.isArray(value)) {
    const items = value.map(item => normalise(item, inSet));
    return inSet ? setOf(items) : items;
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => {
        const isSet = inSet || setElements.has(key);
        // A single statement may stand without a list, and so may a single value.
        const isAlone =
          key === 'Statement'
            ? !Array.isArray(item)
            : isSet && !isContainer(item) && !Array.isArray(item);
        return [key, normalise(isAlone ? [item] : item, isSet)];
      });
  }
  return value;
}

/** Objects such as `{"AWS": …}` or a condition block, unlike plain values. */
function isContainer(item: unknown): boolean {
  return typeof item === 'object' && item !== null && !Array.isArray(item);
}

function setOf(items: unknown[]): unknown[] {
  return [...new Set(items.map(item => JSON.stringify(item)))].sort();
}
