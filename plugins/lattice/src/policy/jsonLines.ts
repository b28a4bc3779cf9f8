/** A line of pretty-printed JSON that knows what it belongs to. */
export interface JsonLine {
  depth: number;
  text: string;
  /** Keys from the outside in; array positions left out. */
  path: string[];
}

/** A value as indented JSON, line by line. Lists of one text stay on the line of their key. */
export function jsonLines(value: unknown): JsonLine[] {
  return write({ value, depth: 0, path: [], prefix: '', suffix: '' });
}

interface WriteOptions {
  value: unknown;
  depth: number;
  path: string[];
  prefix: string;
  suffix: string;
}

function write(options: WriteOptions): JsonLine[] {
  const { value, depth, path, prefix, suffix } = options;
  const line = (text: string): JsonLine => ({ depth, text, path });
  if (Array.isArray(value) && !isShort(value)) {
    return [
      line(`${prefix}[`),
      ...value.flatMap((item, index) =>
        write({
          value: item,
          depth: depth + 1,
          path,
          prefix: '',
          suffix: comma(index, value.length),
        }),
      ),
      line(`]${suffix}`),
    ];
  }
  if (value && typeof value === 'object' && !Array.isArray(value)) {
    const entries = Object.entries(value);
    return [
      line(`${prefix}{`),
      ...entries.flatMap(([key, item], index) =>
        write({
          value: item,
          depth: depth + 1,
          path: [...path, key],
          prefix: `${JSON.stringify(key)}: `,
          suffix: comma(index, entries.length),
        }),
      ),
      line(`}${suffix}`),
    ];
  }
  return [line(`${prefix}${JSON.stringify(value)}${suffix}`)];
}

function isShort(items: unknown[]): boolean {
  return items.length < 2 && items.every(item => typeof item !== 'object');
}

function comma(index: number, length: number): string {
  return index < length - 1 ? ',' : '';
}
