import { z } from 'zod';

/** A time before the first start: `-30d`, `-23h`, `-5m`. */
export const relativeTimeSchema = z.string().regex(/^-\d+[dhm]$/);

/** An auth policy as it stood from one time on. */
export const policyRevisionSchema = z.strictObject({
  time: relativeTimeSchema,
  /** ARN of who put it. Default: the root of the owner account. */
  by: z.string().optional(),
  policy: z.record(z.string(), z.unknown()),
});

const UNITS: Record<string, number> = {
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
};

/** The relative time before `now`, in milliseconds since the epoch. */
export function timeBefore(now: number, relativeTime: string): number {
  const amount = Number(relativeTime.slice(1, -1));
  return now - amount * UNITS[relativeTime.slice(-1)];
}
