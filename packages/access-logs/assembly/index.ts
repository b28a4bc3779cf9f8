// Finds the fields of lines that are laid out as one that is known: see `LineScanner.ts`.

import { areSame } from './areSame';
import {
  beginAt,
  endOfIdentity,
  isSomeText,
  putNull,
  putNumber,
  putPath,
  putValue,
} from './identity';
import {
  flatObjectEnd,
  literalEnd,
  NO_VALUE,
  plainTextEnd,
  textEnd,
} from './json';
import { NO_TOKEN, tokenAddress, tokenLength, tokenOf } from './tokens';

export { forgetTokens, tokenAddress, tokenLength } from './tokens';

const LINE_BYTES: i32 = 64 * 1024;
const LAYOUT_BYTES: i32 = 16 * 1024;
const PLACES: i32 = 64;
const QUOTE: u8 = 34;
const CLOSE: u8 = 125;

/** Four words of a field in a layout: bytes before its value, whether that is a text, what is wanted of it, and its place. */
const FIELD_BYTES: usize = 16;

/** What is wanted of a field: nothing, its value's number, or where its value stands. */
const SKIPPED: u32 = 0;
const NUMBERED: u32 = 1;

/** The line that is looked at, and a newline. Up to 16 bytes more are read. */
const line = memory.data(LINE_BYTES + 32, 16);
const layout = memory.data(LAYOUT_BYTES + 16, 16);
/** Two words at each place: where the value starts and stops, or its number. */
const found = memory.data(PLACES * 8, 8);

/** Of the call that was found last. A value of an earlier line may be as long as this one. */
const identity = memory.data(3 * LINE_BYTES, 16);

export function identityAddress(): usize {
  return identity;
}

export function lineAddress(): usize {
  return line;
}

export function layoutAddress(): usize {
  return layout;
}

export function foundAddress(): usize {
  return found;
}

/** The line is laid out in another way, or is no JSON. */
const IS_OTHER = 0;
const IS_FOUND = 1;
/** There are no numbers left for values. */
const IS_FULL = 2;

/**
 * Finds the fields of the line. The layout has the number of fields, words for each of them, and behind
 * those what stands before their values, one behind the other.
 */
export function find(length: u32): u32 {
  const fields = load<u32>(layout);
  let field = layout + 4;
  let key = field + <usize>fields * FIELD_BYTES;
  let at = line;
  for (let left = fields; left > 0; left--) {
    const keyLength = load<u32>(field);
    const isText = load<u32>(field + 4) !== 0;
    const wanted = load<u32>(field + 8);
    const target = found + <usize>load<u32>(field + 12) * 8;
    if (!areSame(key, at, keyLength)) {
      return IS_OTHER;
    }
    at += keyLength;
    const end = valueEnd(at, isText, wanted === SKIPPED);
    if (end === NO_VALUE) {
      return IS_OTHER;
    }
    if (wanted === NUMBERED) {
      const token = tokenOf(at, end - at);
      if (token === NO_TOKEN) {
        return IS_FULL;
      }
      store<u32>(target, <u32>token);
    } else if (wanted !== SKIPPED) {
      store<u32>(target, <u32>(at - line));
      store<u32>(target + 4, <u32>(end - line));
    }
    at = end;
    key += keyLength;
    field += FIELD_BYTES;
  }
  return load<u8>(at) === CLOSE && at + 1 === line + length
    ? IS_FOUND
    : IS_OTHER;
}

/**
 * Writes down what tells the call that was found last from others.
 *
 * @param requestId - its place, as those of the connection and the path; of the service and the method their
 * numbers. -1: the method is not there
 * @returns how many bytes it takes. 0: some value is of a kind that others know more of
 */
export function identityOf(
  requestId: u32,
  time: f64,
  service: u32,
  connection: u32,
  method: i32,
  path: u32,
): u32 {
  if (
    !isTextAt(requestId) ||
    !isTextAt(connection) ||
    !isTextAt(path) ||
    time < 0 ||
    Math.trunc(time) !== time
  ) {
    return 0;
  }
  beginAt(identity);
  putValue(startAt(requestId), stopAt(requestId) - startAt(requestId));
  putNumber(<u64>time);
  putValue(tokenAddress(service), tokenLength(service));
  putValue(startAt(connection), stopAt(connection) - startAt(connection));
  if (method < 0) {
    putNull();
  } else {
    putValue(tokenAddress(method), tokenLength(method));
  }
  return putPath(startAt(path), stopAt(path))
    ? <u32>(endOfIdentity() - identity)
    : 0;
}

function isTextAt(place: u32): bool {
  return (
    load<i32>(found + <usize>place * 8) >= 0 &&
    isSomeText(startAt(place), stopAt(place))
  );
}

function startAt(place: u32): usize {
  return line + <usize>load<u32>(found + <usize>place * 8);
}

function stopAt(place: u32): usize {
  return line + <usize>load<u32>(found + <usize>place * 8 + 4);
}

/** Of what is wanted, only what needs no more than its quotes taken off. */
function valueEnd(start: usize, isText: bool, isSkipped: bool): usize {
  if (load<u8>(start) === QUOTE) {
    return isSkipped ? textEnd(start) : plainTextEnd(start);
  }
  if (isText) {
    return NO_VALUE;
  }
  const end = literalEnd(start);
  return end === NO_VALUE && isSkipped ? flatObjectEnd(start) : end;
}
