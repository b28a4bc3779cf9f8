// Writes down what tells a call from others, as `callIdentity` does.

import { copyBytes } from './copyBytes';

const QUOTE: u8 = 34;
const SLASH: u8 = 47;
const SPACE: u8 = 32;
const ZERO: u8 = 48;
const COMMA: u8 = 44;
const OPEN: u8 = 91;
const CLOSE: u8 = 93;
const MARK: u8 = 63;
/** `null`, as a little-endian number. */
const NULL: u32 = 0x6c6c756e;

let at: usize = 0;

/** Begins anew. */
export function beginAt(start: usize): void {
  at = start;
  putByte(OPEN);
}

/** Ends, and tells where. */
export function endOfIdentity(): usize {
  // In the place of the comma behind the last part.
  store<u8>(at - 1, CLOSE);
  return at;
}

/** Whether a value is a text that surely says something: as in `isNoValue`. */
export function isSomeText(start: usize, stop: usize): bool {
  return (
    stop > start + 6 &&
    load<u8>(start) === QUOTE &&
    load<u8>(start + 1) > SPACE &&
    load<u8>(start + 5) > SPACE
  );
}

/** A value as it stands in the line. */
export function putValue(start: usize, length: usize): void {
  copyBytes(at, start, length);
  at += length;
  putByte(COMMA);
}

export function putNull(): void {
  store<u32>(at, NULL);
  at += 4;
  putByte(COMMA);
}

export function putNumber(number: u64): void {
  let digits: usize = 1;
  for (let rest = number / 10; rest > 0; rest /= 10) {
    digits++;
  }
  let left = number;
  for (let digit = digits; digit > 0; digit--) {
    store<u8>(at + digit - 1, ZERO + <u8>(left % 10));
    left /= 10;
  }
  at += digits;
  putByte(COMMA);
}

/** A path and its query, as `splitRequestPath` takes them apart. False: that has more to do. */
export function putPath(start: usize, stop: usize): bool {
  if (load<u8>(start + 1) !== SLASH) {
    return false;
  }
  let mark = start + 1;
  const end = stop - 1;
  while (mark < end && load<u8>(mark) !== MARK) {
    mark++;
  }
  putText(start + 1, mark);
  if (mark + 1 < end) {
    putText(mark + 1, end);
  } else {
    putNull();
  }
  return true;
}

function putText(start: usize, end: usize): void {
  putByte(QUOTE);
  copyBytes(at, start, end - start);
  at += end - start;
  putByte(QUOTE);
  putByte(COMMA);
}

function putByte(byte: u8): void {
  store<u8>(at++, byte);
}
