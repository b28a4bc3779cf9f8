/**
 * Three-valued truth in Kleene's logic, ordered so that "and" is the least and "or" the
 * greatest: false beats unknown, unknown beats true under "and".
 */
export const FALSE = 0;
export const UNKNOWN = 1;
export const TRUE = 2;

export type Truth = typeof FALSE | typeof UNKNOWN | typeof TRUE;

export function and(left: Truth, right: Truth): Truth {
  return left < right ? left : right;
}

export function or(left: Truth, right: Truth): Truth {
  return left > right ? left : right;
}

export function not(truth: Truth): Truth {
  return (TRUE - truth) as Truth;
}

export function truthOf(value: boolean): Truth {
  return value ? TRUE : FALSE;
}

/** The truth if several readings of one thing agree on it; else unknown. */
export function agree(left: Truth, right: Truth): Truth {
  return left === right ? left : UNKNOWN;
}
