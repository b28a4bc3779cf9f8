/** Whether bytes at two places are the same. Up to fifteen behind them are read too. */
export function areSame(one: usize, other: usize, length: usize): bool {
  let at: usize = 0;
  while (at + 16 <= length) {
    if (bitsAt(one + at, other + at) !== 0xffff) {
      return false;
    }
    at += 16;
  }
  const left = <i32>(length - at);
  const wanted = (1 << left) - 1;
  return (bitsAt(one + at, other + at) & wanted) === wanted;
}

/**
 * How many bytes at two places are the same: some number that is no less than `most`, if those are. Up to
 * fifteen behind them are read too.
 */
export function sameLength(one: usize, other: usize, most: usize): usize {
  let at: usize = 0;
  while (at < most) {
    const bits = bitsAt(one + at, other + at);
    if (bits !== 0xffff) {
      return at + ctz(~bits);
    }
    at += 16;
  }
  return at;
}

/** A bit for each of sixteen bytes that are the same. */
function bitsAt(one: usize, other: usize): i32 {
  return i8x16.bitmask(i8x16.eq(v128.load(one), v128.load(other)));
}
