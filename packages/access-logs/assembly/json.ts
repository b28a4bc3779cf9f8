// Goes through values of JSON, as far as lines of access logs have them. Nothing here reads beyond a
// newline: where one stands, the line ends, and no value has one.

const QUOTE: u8 = 34;
const PLUS: u8 = 43;
const COMMA: u8 = 44;
const MINUS: u8 = 45;
const DOT: u8 = 46;
const ZERO: u8 = 48;
const NINE: u8 = 57;
const COLON: u8 = 58;
const BACKSLASH: u8 = 92;
const OPEN: u8 = 123;
const CLOSE: u8 = 125;

/** No such value starts there. */
export const NO_VALUE: usize = 0;

/**
 * The first byte of a text, or behind it, that does not stand for itself: a quote, a backslash, a control
 * character, or one beyond ASCII, of which other readers know more.
 */
export function plainEnd(start: usize): usize {
  let at = start;
  while (true) {
    const bytes = v128.load(at);
    const others = v128.or(
      v128.or(
        // As signed numbers, those beyond ASCII are below zero.
        i8x16.lt_s(bytes, i8x16.splat(32)),
        i8x16.eq(bytes, i8x16.splat(<i8>QUOTE)),
      ),
      i8x16.eq(bytes, i8x16.splat(<i8>BACKSLASH)),
    );
    const found = i8x16.bitmask(others);
    if (found !== 0) {
      return at + ctz(found);
    }
    at += 16;
  }
}

/** Behind a text of plain characters alone. */
export function plainTextEnd(start: usize): usize {
  if (load<u8>(start) !== QUOTE) {
    return NO_VALUE;
  }
  const end = plainEnd(start + 1);
  return load<u8>(end) === QUOTE ? end + 1 : NO_VALUE;
}

/** Behind a text, which may have escapes in it. */
export function textEnd(start: usize): usize {
  if (load<u8>(start) !== QUOTE) {
    return NO_VALUE;
  }
  let at = plainEnd(start + 1);
  while (load<u8>(at) === BACKSLASH) {
    const escape = load<u8>(at + 1);
    if (escape === 117) {
      for (let digit: usize = 2; digit < 6; digit++) {
        if (!isHexadecimal(load<u8>(at + digit))) {
          return NO_VALUE;
        }
      }
      at += 6;
    } else if (isEscape(escape)) {
      at += 2;
    } else {
      return NO_VALUE;
    }
    at = plainEnd(at);
  }
  return load<u8>(at) === QUOTE ? at + 1 : NO_VALUE;
}

/** Behind a number, `true`, `false` or `null`. */
export function literalEnd(start: usize): usize {
  const first = load<u8>(start);
  if (first === MINUS || isDigit(first)) {
    return numberEnd(start);
  }
  // As little-endian numbers.
  const four = load<u32>(start);
  if (four === 0x6c6c756e || four === 0x65757274) {
    return start + 4;
  }
  return four === 0x736c6166 && load<u8>(start + 4) === 101
    ? start + 5
    : NO_VALUE;
}

/** Behind an object that has neither objects nor arrays in it. */
export function flatObjectEnd(start: usize): usize {
  if (load<u8>(start) !== OPEN) {
    return NO_VALUE;
  }
  let at = start + 1;
  if (load<u8>(at) === CLOSE) {
    return at + 1;
  }
  while (true) {
    at = textEnd(at);
    if (at === NO_VALUE || load<u8>(at) !== COLON) {
      return NO_VALUE;
    }
    at++;
    at = load<u8>(at) === QUOTE ? textEnd(at) : literalEnd(at);
    if (at === NO_VALUE) {
      return NO_VALUE;
    }
    const next = load<u8>(at);
    if (next === CLOSE) {
      return at + 1;
    }
    if (next !== COMMA) {
      return NO_VALUE;
    }
    at++;
  }
}

function numberEnd(start: usize): usize {
  let at = load<u8>(start) === MINUS ? start + 1 : start;
  const whole = digitsEnd(at);
  // A number that starts with a zero has no other digit before its point.
  if (whole === at || (load<u8>(at) === ZERO && whole !== at + 1)) {
    return NO_VALUE;
  }
  at = whole;
  if (load<u8>(at) === DOT) {
    const end = digitsEnd(at + 1);
    if (end === at + 1) {
      return NO_VALUE;
    }
    at = end;
  }
  if ((load<u8>(at) | 32) === 101) {
    at++;
    const sign = load<u8>(at);
    if (sign === PLUS || sign === MINUS) {
      at++;
    }
    const end = digitsEnd(at);
    return end === at ? NO_VALUE : end;
  }
  return at;
}

function digitsEnd(start: usize): usize {
  let at = start;
  while (isDigit(load<u8>(at))) {
    at++;
  }
  return at;
}

function isDigit(byte: u8): bool {
  return byte >= ZERO && byte <= NINE;
}

function isHexadecimal(byte: u8): bool {
  const letter = byte | 32;
  return isDigit(byte) || (letter >= 97 && letter <= 102);
}

/** Of `"\/bfnrt`. */
function isEscape(byte: u8): bool {
  return (
    byte === QUOTE ||
    byte === BACKSLASH ||
    byte === 47 ||
    byte === 98 ||
    byte === 102 ||
    byte === 110 ||
    byte === 114 ||
    byte === 116
  );
}
