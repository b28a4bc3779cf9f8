const format = new Intl.NumberFormat('en', { useGrouping: true });

/** `48 201`, with a narrow space that doesn't break. */
export function formatNumber(value: number): string {
  return format.format(value).replaceAll(',', '\u202f');
}

/** `1 call`, `48 201 calls`. */
export function formatCount(value: number, one: string, many?: string): string {
  return `${formatNumber(value)} ${value === 1 ? one : many ?? `${one}s`}`;
}

const compact = new Intl.NumberFormat('en', {
  notation: 'compact',
  maximumSignificantDigits: 3,
});

/** `312`, `48.2K`: for where space is short and the whole number is near. */
export function formatCompact(value: number): string {
  return compact.format(value);
}
