const expression = /!\{([a-zA-Z]+):([^}]*)\}/g;

/**
 * What a prefix of Amazon Data Firehose comes to in an hour, as far as that is known beforehand: up to
 * the first expression that isn't a date or hour.
 *
 * @param options - `time`: milliseconds since the epoch. `timeZone`: such as `Asia/Tokyo`
 */
export function evaluatePrefix(options: {
  prefix: string;
  time: number;
  timeZone: string;
}): string {
  const { prefix, time, timeZone } = options;
  let result = '';
  let position = 0;
  for (const match of prefix.matchAll(expression)) {
    const [whole, namespace, value] = match;
    result += prefix.slice(position, match.index);
    position = match.index + whole.length;
    if (namespace !== 'timestamp') {
      return result;
    }
    const { text, isWhole } = formatTime(value, partsOf(time, timeZone));
    result += text;
    if (!isWhole) {
      return result;
    }
  }
  return result + prefix.slice(position);
}

type TimeParts = Record<'year' | 'month' | 'day' | 'hour', string>;

function partsOf(time: number, timeZone: string): TimeParts {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(time);
  return Object.fromEntries(
    parts.map(({ type, value }) => [type, value]),
  ) as TimeParts;
}

/** By a pattern of Java's DateTimeFormatter, up to the first letter that is no date or hour. */
function formatTime(
  pattern: string,
  parts: TimeParts,
): { text: string; isWhole: boolean } {
  let text = '';
  for (const [token] of pattern.matchAll(/'[^']*'|([A-Za-z])\1*|[^A-Za-z']/g)) {
    if (token.startsWith("'")) {
      text += token === "''" ? "'" : token.slice(1, -1);
      continue;
    }
    const value = valueOf(token, parts);
    if (value === undefined) {
      return { text, isWhole: false };
    }
    text += value;
  }
  return { text, isWhole: true };
}

function valueOf(token: string, parts: TimeParts): string | undefined {
  switch (token) {
    case 'yyyy':
    case 'uuuu':
    case 'YYYY':
      return parts.year;
    case 'yy':
      return parts.year.slice(2);
    case 'MM':
      return parts.month;
    case 'dd':
      return parts.day;
    case 'HH':
      return parts.hour;
    case 'M':
      return String(Number(parts.month));
    case 'd':
      return String(Number(parts.day));
    case 'H':
      return String(Number(parts.hour));
    default:
      return /^[A-Za-z]/.test(token) ? undefined : token;
  }
}
