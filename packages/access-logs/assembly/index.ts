// Finds the fields of lines that are laid out as one that is known: see `LineScanner.ts`.

import { copyBytes } from './copyBytes';
import {
  beginAt,
  endOfIdentity,
  isSomeText,
  putNull,
  putNumber,
  putPath,
  putValue,
} from './identity';
import { findLine, IS_FULL, IS_OTHER, NO_LINE, rowBytes } from './line';
import { identity, layout, LINE_BYTES, rows, text } from './regions';
import { tokenAddress, tokenLength } from './tokens';

export { forgetTokens, tokenAddress, tokenLength } from './tokens';

export function identityAddress(): usize {
  return identity;
}

export function textAddress(): usize {
  return text;
}

export function layoutAddress(): usize {
  return layout;
}

export function rowsAddress(): usize {
  return rows;
}

/** Where the first line starts that was not found, in bytes from the text's start. */
export let stoppedAt: u32 = 0;
/** Whether it was not found as there are no numbers left for values. */
export let isFull: bool = false;

/**
 * Finds lines one behind the other, as far as they are laid out alike.
 *
 * @param from - where the first one starts, in bytes from the text's start. All end with a newline
 * @param most - rows that there are to fill
 * @returns how many
 */
export function findLines(from: u32, stop: u32, most: u32): u32 {
  const bytes = rowBytes();
  let row = rows;
  let before = NO_LINE;
  let at = text + <usize>from;
  let count: u32 = 0;
  isFull = false;
  while (at < text + <usize>stop && count < most) {
    if (before === NO_LINE) {
      // What a layout does not have is not there.
      memory.fill(row, 0xff, bytes);
    } else {
      copyBytes(row, row - bytes, bytes);
    }
    const next = findLine(at, row, before);
    if (next === IS_FULL) {
      isFull = true;
      break;
    }
    if (next === IS_OTHER || <i32>(next - at) > LINE_BYTES) {
      break;
    }
    store<u32>(row, <u32>(at - text));
    store<u32>(row + 4, <u32>(next - 1 - text));
    before = at;
    at = next;
    row += bytes;
    count++;
  }
  stoppedAt = <u32>(at - text);
  return count;
}

/**
 * Writes down what tells a call that was found from others.
 *
 * @param row - of the call, in bytes from the first one
 * @param requestId - its place, as those of the connection and the path; of the service and the method their
 * numbers. -1: the method is not there
 * @returns how many bytes it takes. 0: some value is of a kind that others know more of
 */
export function identityOf(
  row: u32,
  requestId: u32,
  time: f64,
  service: u32,
  connection: u32,
  method: i32,
  path: u32,
): u32 {
  const places = rows + <usize>row + 8;
  const idPlace = places + <usize>requestId * 8;
  const connectionPlace = places + <usize>connection * 8;
  const pathPlace = places + <usize>path * 8;
  if (
    !isTextAt(idPlace) ||
    !isTextAt(connectionPlace) ||
    !isTextAt(pathPlace) ||
    time < 0 ||
    Math.trunc(time) !== time
  ) {
    return 0;
  }
  beginAt(identity);
  putValue(startAt(idPlace), stopAt(idPlace) - startAt(idPlace));
  putNumber(<u64>time);
  putValue(tokenAddress(service), tokenLength(service));
  putValue(
    startAt(connectionPlace),
    stopAt(connectionPlace) - startAt(connectionPlace),
  );
  if (method < 0) {
    putNull();
  } else {
    putValue(tokenAddress(method), tokenLength(method));
  }
  return putPath(startAt(pathPlace), stopAt(pathPlace))
    ? <u32>(endOfIdentity() - identity)
    : 0;
}

function isTextAt(place: usize): bool {
  return load<i32>(place) >= 0 && isSomeText(startAt(place), stopAt(place));
}

function startAt(place: usize): usize {
  return text + <usize>load<u32>(place);
}

function stopAt(place: usize): usize {
  return text + <usize>load<u32>(place + 4);
}
