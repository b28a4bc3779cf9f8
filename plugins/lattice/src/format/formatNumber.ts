import type { LineCount } from '@lattice-portal/plugin-lattice-common';

const format = new Intl.NumberFormat('en', { useGrouping: true });

/** `48 201`, with a narrow space that doesn't break. */
export function formatNumber(value: number): string {
  return format.format(value).replaceAll(',', '\u202f');
}

/** `1 call`, `48 201 calls`. */
export function formatCount(value: number, one: string, many?: string): string {
  return `${formatNumber(value)} ${value === 1 ? one : many ?? `${one}s`}`;
}

/** `48 201 calls`, `at least 10 000 calls`. */
export function formatLines(lines: LineCount, one: string): string {
  const counted = formatCount(lines.count, one);
  return lines.isAtLeast ? `at least ${counted}` : counted;
}

const compact = new Intl.NumberFormat('en', {
  notation: 'compact',
  maximumSignificantDigits: 3,
});

/** `312`, `48.2K`: for where space is short and the whole number is near. */
export function formatCompact(value: number): string {
  return compact.format(value);
}
