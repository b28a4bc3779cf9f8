import { parseJson } from './parseJson';

/** Makes what a field may hold of a value; undefined if the value doesn't fit. */
export type FieldReader<T> = (value: unknown) => T | undefined;

/** AWS writes "no value" as `-`, as the text `null`, as JSON null, or leaves the field out. */
export function isNoValue(value: unknown): boolean {
  if (typeof value !== 'string') {
    return value === undefined || value === null;
  }
  if (value === '-') {
    return true;
  }
  // Of most values the first and the fifth character tell that more than a `null` is left of them.
  return (
    !(isVisible(value.charCodeAt(0)) && isVisible(value.charCodeAt(4))) &&
    isNoText(value)
  );
}

function isVisible(code: number): boolean {
  return code > 32 && code < 127;
}

function isNoText(value: string): boolean {
  return ['', '-', 'null'].includes(value.trim().toLowerCase());
}

export const text: FieldReader<string> = value =>
  typeof value === 'string' ? value : undefined;

export const arn: FieldReader<string> = value =>
  typeof value === 'string' && value.startsWith('arn:') ? value : undefined;

/** Counts and durations. They come as JSON numbers, and as text from some deliveries. */
export const count: FieldReader<number> = value => {
  const number =
    typeof value === 'string' && /^\d+(\.\d+)?$/.test(value)
      ? Number(value)
      : value;
  return typeof number === 'number' && number >= 0 && Number.isFinite(number)
    ? number
    : undefined;
};

export const statusCode: FieldReader<number> = value => {
  const code = count(value);
  return code !== undefined && Number.isInteger(code) && code <= 999
    ? code
    : undefined;
};

const MAX_TAG_TEXTS = 1000;
/** A caller has the same tags in all its calls. */
const tagTexts = new Map<string, Record<string, string>>();

/** Tags come as a JSON object, or as a text that holds one. */
export const tags: FieldReader<Record<string, string>> = value => {
  if (typeof value !== 'string') {
    return readTags(value);
  }
  const known = tagTexts.get(value);
  if (known) {
    return { ...known };
  }
  const read = readTags(value);
  if (read && value.length < 1000) {
    if (tagTexts.size >= MAX_TAG_TEXTS) {
      tagTexts.clear();
    }
    tagTexts.set(value, { ...read });
  }
  return read;
};

function readTags(value: unknown): Record<string, string> | undefined {
  const given = typeof value === 'string' ? parseJson(value) : value;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return undefined;
  }
  const entries = Object.entries(given);
  return entries.every(([, tag]) => isPlain(tag))
    ? Object.fromEntries(entries.map(([key, tag]) => [key, String(tag)]))
    : undefined;
}

function isPlain(tag: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof tag);
}

const deniedReasons = new Map([
  ['service', 'Service'],
  ['network', 'Network'],
  ['identity', 'Identity'],
] as const);

type DeniedReason = 'Service' | 'Network' | 'Identity';

export const authDeniedReason: FieldReader<DeniedReason> = value =>
  typeof value === 'string'
    ? (deniedReasons as Map<string, DeniedReason>).get(
        value.trim().toLowerCase(),
      )
    : undefined;
