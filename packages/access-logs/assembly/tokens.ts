// Numbers byte sequences that come again and again: the same number for the same bytes, until all are
// forgotten.

import { areSame } from './areSame';

/** At most. */
const TOKENS: u32 = 32767;
const BYTES: u32 = 4 * 1024 * 1024;
/** Of a table that is half full at most. A power of two. */
const PLACES: u32 = 65536;
/** So many that share a place are told apart: nobody can make a search long by choosing them. */
const MOST_STEPS: u32 = 16;

/** Of the tokens, one behind the other. Sixteen bytes more are read than there are. */
const bytes = memory.data(<i32>BYTES + 16, 16);
/** Where each starts in that, and behind the last one the next. */
const starts = memory.data((TOKENS + 1) * 4, 4);
/** Numbers of tokens, from 1. 0: the place is free. */
const places = memory.data(PLACES * 2, 2);

const MULTIPLIER: u64 = 0x9e3779b97f4a7c15;

let count: u32 = 0;

/** There is no number left for it. */
export const NO_TOKEN: i32 = -1;

/** The number of a token, from 0. */
export function tokenOf(start: usize, length: usize): i32 {
  let place = hashOf(start, length) & (PLACES - 1);
  for (let step: u32 = 0; step < MOST_STEPS; step++) {
    const found = <u32>load<u16>(places + <usize>place * 2);
    if (found === 0) {
      return add(start, length, place);
    }
    const known = tokenStart(found - 1);
    if (
      tokenStart(found) - known === <u32>length &&
      areSame(bytes + known, start, length)
    ) {
      return <i32>(found - 1);
    }
    place = (place + 1) & (PLACES - 1);
  }
  return NO_TOKEN;
}

export function tokenAddress(token: u32): usize {
  return bytes + tokenStart(token);
}

export function tokenLength(token: u32): u32 {
  return tokenStart(token + 1) - tokenStart(token);
}

export function forgetTokens(): void {
  memory.fill(places, 0, PLACES * 2);
  count = 0;
}

function tokenStart(token: u32): u32 {
  return load<u32>(starts + <usize>token * 4);
}

function add(start: usize, length: usize, place: u32): i32 {
  const at = tokenStart(count);
  if (count === TOKENS || at + <u32>length > BYTES) {
    return NO_TOKEN;
  }
  memory.copy(bytes + at, start, length);
  store<u16>(places + <usize>place * 2, <u16>++count);
  store<u32>(starts + <usize>count * 4, at + <u32>length);
  return <i32>(count - 1);
}

function hashOf(start: usize, length: usize): u32 {
  let hash: u64 = length;
  let other: u64 = MULTIPLIER;
  let at = start;
  let left = length;
  // Two by turns: neither waits for the other.
  while (left > 16) {
    hash = mixed(hash, load<u64>(at));
    other = mixed(other, load<u64>(at, 8));
    at += 16;
    left -= 16;
  }
  hash ^= rotl(other, 32);
  if (left > 8) {
    hash = mixed(hash, load<u64>(at));
    at += 8;
    left -= 8;
  }
  // What comes behind it is no part of it.
  const rest = load<u64>(at) << (64 - 8 * <u64>left);
  return <u32>((mixed(hash, rest) * MULTIPLIER) >> 32);
}

function mixed(hash: u64, word: u64): u64 {
  return rotl((hash ^ word) * MULTIPLIER, 29);
}
