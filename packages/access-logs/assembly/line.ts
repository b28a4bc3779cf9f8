// Finds the fields of a line.
//
// A layout has the number of fields, the number of places, words for each field, and behind those what
// stands before their values, one behind the other. A row has where a line starts and stops, and two words
// at each place: where a value starts and stops, or its number. Values that are the same may stand in a line
// before.

import { areSame, sameLength } from './areSame';
import {
  flatObjectEnd,
  literalEnd,
  NO_VALUE,
  plainTextEnd,
  textEnd,
} from './json';
import { ends, ENDS_BYTES, layout, text } from './regions';
import { NO_TOKEN, tokenOf } from './tokens';

const QUOTE: u8 = 34;
const CLOSE: u8 = 125;
const NEWLINE: u8 = 10;

/** Of the words in front of all fields. */
const HEAD_BYTES: usize = 8;
/** Four words of a field: bytes before its value, whether that is a text, what is wanted of it, and its place. */
const FIELD_BYTES: usize = 16;
/** Of a row, in front of its places. */
const ROW_HEAD_BYTES: usize = 8;

/** What is wanted of a field: nothing, its value's number, or where its value stands. */
const SKIPPED: u32 = 0;
const NUMBERED: u32 = 1;

/** The line is laid out in another way, or is no JSON. */
export const IS_OTHER: usize = 0;
/** There are no numbers left for values. */
export const IS_FULL: usize = 1;

/** There is no line before. */
export const NO_LINE: usize = 0;

/** Of the line that was found last, and of the one that is looked at. */
let endsBefore = ends;
let newEnds = ends + ENDS_BYTES;

export function rowBytes(): usize {
  return ROW_HEAD_BYTES + <usize>load<u32>(layout + 4) * 8;
}

/** Where that starts that stands before values. */
function keysOf(fields: usize): usize {
  return layout + HEAD_BYTES + fields * FIELD_BYTES;
}

/**
 * Finds the fields of a line that ends with a newline.
 *
 * @param row - of the line before, which is the one that was found last: of a value that is the same in both,
 * the one there is left. Without such a line, there is nothing in it
 * @param before - the start of the line before
 * @returns where the next line starts, {@link IS_OTHER} or {@link IS_FULL}
 */
export function findLine(start: usize, row: usize, before: usize): usize {
  const fields = <usize>load<u32>(layout);
  let field = layout + HEAD_BYTES;
  let key = keysOf(fields);
  let at = start;
  let index: usize = 0;
  while (index < fields) {
    if (before !== NO_LINE) {
      const known = endOf(index);
      const other = before + known;
      const same = sameLength(at, other, endOf(fields) + 1 - known);
      // A value that is followed by the same byte ends where the other one does.
      while (index < fields && endOf(index + 1) - known < same) {
        at += endOf(index + 1) - endOf(index);
        key += load<u32>(field);
        field += FIELD_BYTES;
        setEnd(++index, at - start);
      }
      if (index === fields) {
        break;
      }
      if (same < endOf(index) - known + load<u32>(field)) {
        return IS_OTHER;
      }
    } else if (!areSame(key, at, load<u32>(field))) {
      return IS_OTHER;
    }
    at += load<u32>(field);
    const wanted = load<u32>(field + 8);
    const end = valueEnd(at, load<u32>(field + 4) !== 0, wanted === SKIPPED);
    if (end === NO_VALUE) {
      return IS_OTHER;
    }
    if (wanted === NUMBERED) {
      const token = tokenOf(at, end - at);
      if (token === NO_TOKEN) {
        return IS_FULL;
      }
      store<u32>(placeOf(row, field), <u32>token);
    } else if (wanted !== SKIPPED) {
      const place = placeOf(row, field);
      store<u32>(place, <u32>(at - text));
      store<u32>(place + 4, <u32>(end - text));
    }
    key += load<u32>(field);
    field += FIELD_BYTES;
    at = end;
    setEnd(++index, at - start);
  }
  if (load<u8>(at) !== CLOSE || load<u8>(at + 1) !== NEWLINE) {
    return IS_OTHER;
  }
  const last = endsBefore;
  endsBefore = newEnds;
  newEnds = last;
  return at + 2;
}

/** Of the line before. */
function endOf(index: usize): usize {
  return <usize>load<u32>(endsBefore + index * 4);
}

function setEnd(index: usize, end: usize): void {
  store<u32>(newEnds + index * 4, <u32>end);
}

function placeOf(row: usize, field: usize): usize {
  return row + ROW_HEAD_BYTES + <usize>load<u32>(field + 12) * 8;
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
