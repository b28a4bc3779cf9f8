const expression = /!\{([a-zA-Z]+):([^}]*)\}/g;
/** Of a pattern of Java's DateTimeFormatter: quoted text, a run of one letter, or another character. */
const tokens = /'[^']*'|([A-Za-z])\1*|[^A-Za-z']/g;
/** Characters that stand for something else there. */
const isSpecial = /[[\]{}#]/;

type Unit = 'year' | 'month' | 'day' | 'hour';

/** Letters of a pattern that are known. `YYYY` is none: by the week, it is another year around New Year. */
const letters: Record<string, { unit: Unit; isPadded: boolean }> = {
  yyyy: { unit: 'year', isPadded: true },
  uuuu: { unit: 'year', isPadded: true },
  yy: { unit: 'year', isPadded: true },
  MM: { unit: 'month', isPadded: true },
  dd: { unit: 'day', isPadded: true },
  HH: { unit: 'hour', isPadded: true },
  M: { unit: 'month', isPadded: false },
  d: { unit: 'day', isPadded: false },
  H: { unit: 'hour', isPadded: false },
};

type Part =
  | { kind: 'text'; text: string }
  | { kind: 'time'; letters: string; unit: Unit; isPadded: boolean }
  | { kind: 'unknown' };

/**
 * A prefix of Amazon Data Firehose, with expressions.
 *
 * @remarks
 * Source: https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
 */
export class FirehosePrefix {
  /** Whether it has the hour, wholly known beforehand, so that no two hours have the same keys. */
  readonly hasHour: boolean;
  /** Matches what it comes to at any time. */
  readonly pattern: string;
  readonly #parts: readonly Part[];
  readonly #format: Intl.DateTimeFormat;

  /** @param options - `prefix`: as configured. `timeZone`: such as `Asia/Tokyo` */
  constructor(options: { prefix: string; timeZone: string }) {
    this.#parts = partsOf(options.prefix);
    this.pattern = this.#parts.map(patternOf).join('');
    this.hasHour = hasHour(this.#parts);
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: options.timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      hourCycle: 'h23',
    });
  }

  /**
   * What it comes to in an hour, as far as that is known beforehand: up to the first expression that isn't a
   * date or hour.
   *
   * @param time - milliseconds since the epoch
   */
  at(time: number): string {
    const values = new Map(
      this.#format.formatToParts(time).map(({ type, value }) => [type, value]),
    );
    let text = '';
    for (const part of this.#parts) {
      if (part.kind === 'unknown') {
        return text;
      }
      text +=
        part.kind === 'text'
          ? part.text
          : textOf(part.letters, values.get(part.unit) ?? '');
    }
    return text;
  }
}

function partsOf(prefix: string): Part[] {
  const parts: Part[] = [];
  let position = 0;
  for (const match of prefix.matchAll(expression)) {
    const [whole, namespace, value] = match;
    parts.push({ kind: 'text', text: prefix.slice(position, match.index) });
    position = match.index + whole.length;
    parts.push(
      ...(namespace === 'timestamp'
        ? timePartsOf(value)
        : [{ kind: 'unknown' as const }]),
    );
  }
  return [...parts, { kind: 'text', text: prefix.slice(position) }];
}

function timePartsOf(pattern: string): Part[] {
  return Array.from(pattern.matchAll(tokens), ([token]): Part => {
    if (token.startsWith("'")) {
      const text = token === "''" ? "'" : token.slice(1, -1);
      return { kind: 'text', text };
    }
    const known = letters[token];
    if (known) {
      return { kind: 'time', letters: token, ...known };
    }
    return /^[A-Za-z]/.test(token) || isSpecial.test(token)
      ? { kind: 'unknown' }
      : { kind: 'text', text: token };
  });
}

function textOf(token: string, value: string): string {
  if (token === 'yy') {
    return value.slice(2);
  }
  return letters[token].isPadded ? value : String(Number(value));
}

function patternOf(part: Part): string {
  switch (part.kind) {
    case 'text':
      return escaped(part.text);
    case 'time':
      return '\\d+';
    default:
      return '.*';
  }
}

function hasHour(parts: readonly Part[]): boolean {
  const units = new Set<Unit>();
  for (const part of parts) {
    // Without padding, the keys of 10 o'clock begin like those of 1 o'clock.
    if (part.kind === 'unknown' || (part.kind === 'time' && !part.isPadded)) {
      return false;
    }
    if (part.kind === 'time') {
      units.add(part.unit);
    }
  }
  return units.size === 4;
}

/** For a regular expression. */
export function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
