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

/** A bit for each of sixteen bytes that are the same. */
function bitsAt(one: usize, other: usize): i32 {
  return i8x16.bitmask(i8x16.eq(v128.load(one), v128.load(other)));
}
