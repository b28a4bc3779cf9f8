import { z } from 'zod';

/** AWS writes "no value" as `-`, as the text `null`, as JSON null, or leaves the field out. */
export function isNoValue(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === 'string' &&
      ['', '-', 'null'].includes(value.trim().toLowerCase()))
  );
}

export const text = z.string();

/** Counts and durations. They come as JSON numbers, and as text from some deliveries. */
export const count = z
  .union([z.number(), z.string().regex(/^\d+(\.\d+)?$/)])
  .transform(Number)
  .pipe(z.number().nonnegative());

export const statusCode = count.pipe(z.number().int().max(999));

/** A point in time with its zone. Only such texts are safe to give to `Date.parse`. */
export const instant = z.iso
  .datetime({ offset: true })
  .refine(value => !Number.isNaN(Date.parse(value)));

const tagMap = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean()]).transform(String),
);

/** Tags come as a JSON object, or as a text that holds one. */
export const tags = z.union([
  tagMap,
  z
    .string()
    .transform((value, context): unknown => {
      try {
        return JSON.parse(value);
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(tagMap),
]);

const deniedReasons = {
  service: 'Service',
  network: 'Network',
  identity: 'Identity',
} as const;

export const authDeniedReason = z
  .string()
  .transform(value => value.trim().toLowerCase())
  .pipe(z.enum(['service', 'network', 'identity']))
  .transform(value => deniedReasons[value]);
