import { generalisePath } from '@lattice-portal/auth-policy';

const longestShape = 8;

/**
 * A path with the parts that look like ids replaced by `*`, so that calls of the same kind fold.
 *
 * @remarks
 * What looks like an id is `generalisePath`'s affair, so that what is folded is what a proposed statement
 * covers. At most eight segments are kept; deeper ones become a single `*`. The shape of a shape is itself.
 *
 * @public
 */
export function pathShape(path: string): string {
  const segments = generalisePath(path).split('/');
  // A path starts with a slash, so the first segment is empty.
  return segments.length > longestShape + 1
    ? [...segments.slice(0, longestShape + 1), '*'].join('/')
    : segments.join('/');
}
