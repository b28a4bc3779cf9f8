/** Records have objects within objects at most. What is deeper than this was made to break readers. */
const MOST_LEVELS = 64;

/** Why a line is refused that {@link nestsTooDeep} says so of. */
export const TOO_DEEP = `it has objects or lists more than ${MOST_LEVELS} levels deep`;

/**
 * Whether what a JSON object holds is nested deeper than can be written as JSON again, here or where it is
 * kept: most writers of JSON call themselves for each level, and fail.
 *
 * @remarks
 * Of an object without lists and objects, which nearly all are, it only looks at the values.
 */
export function nestsTooDeep(values: object): boolean {
  let level = nestedIn([values]);
  for (let levels = 1; level.length > 0; levels++) {
    if (levels > MOST_LEVELS) {
      return true;
    }
    level = nestedIn(level);
  }
  return false;
}

function nestedIn(outer: readonly object[]): object[] {
  const inner: object[] = [];
  for (const each of outer) {
    for (const value of Object.values(each)) {
      if (typeof value === 'object' && value !== null) {
        inner.push(value);
      }
    }
  }
  return inner;
}
