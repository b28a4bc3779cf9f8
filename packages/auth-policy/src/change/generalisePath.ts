const VERSION = /^v\d{1,3}((alpha|beta|rc)\d*)?$/i;
const IDENTIFIERS = [
  // Numbers, dates and times.
  /^[+-]?\d[\d.,:_-]*$/,
  // UUIDs.
  /^\{?[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i,
  // Hexadecimal text that is no word.
  /^(?=.*\d)[0-9a-f]{6,}$/i,
  // Ids with their kind in front, such as ord_1a2b3c.
  /^[a-z]+[-_:](?=.*\d)[0-9a-z]{3,}$/i,
  // Tokens.
  /^(?=(.*\d){2})[0-9a-z_.~+=-]{12,}$/i,
  // Mail addresses.
  /@/,
];
const LONGEST_NAME = 100;

/**
 * Turns the parts of a request path that look like ids into `*`, so that a statement
 * for one recorded call also covers the next one, and calls of the same kind fold:
 * `/orders/1041` becomes `/orders/*`.
 *
 * @remarks
 * Ids are numbers and dates, UUIDs, hexadecimal text of at least 6 characters and
 * prefixed text such as `ord_1a2b3c` that hold a digit, longer text with two digits, mail
 * addresses, and whatever has more than 100 characters. API versions such as `v2` and
 * everything else stay as they are. A path that was turned stays as it is.
 *
 * `*` in a policy resource also spans slashes: `/orders/*` covers `/orders/1041/lines`
 * too.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @public
 */
export function generalisePath(path: string): string {
  let generalised = '';
  let kept = 0;
  for (let start = 0; start <= path.length; ) {
    const slash = path.indexOf('/', start);
    const end = slash === -1 ? path.length : slash;
    if (isIdentifier(path, start, end)) {
      generalised += `${path.slice(kept, start)}*`;
      kept = end;
    }
    start = end + 1;
  }
  return kept === 0 ? path : generalised + path.slice(kept);
}

function isIdentifier(path: string, start: number, end: number): boolean {
  if (end - start > LONGEST_NAME) {
    return true;
  }
  // Paths of calls come in millions, and most parts are words or plain numbers.
  switch (kindOf(path, start, end)) {
    case 'letters':
      return false;
    case 'digits':
      return true;
    default: {
      const part = path.slice(start, end);
      return !VERSION.test(part) && IDENTIFIERS.some(form => form.test(part));
    }
  }
}

/** Nothing counts as letters. */
function kindOf(
  text: string,
  start: number,
  end: number,
): 'letters' | 'digits' | 'mixed' {
  let letters = 0;
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index);
    const lower = code | 32;
    if (lower >= 97 && lower <= 122) {
      letters++;
    } else if (code < 48 || code > 57) {
      return 'mixed';
    }
  }
  if (letters === end - start) {
    return 'letters';
  }
  return letters === 0 ? 'digits' : 'mixed';
}
