import type { z } from 'zod';
import { isNoValue } from './fieldSchemas';

/** The fields of one kind of record, each with what it may hold. */
export type FieldSchemas = Record<string, z.ZodType>;

/** What {@link takeFields} makes of the fields of `T`. */
export type TakenFields<T extends FieldSchemas> = {
  [K in keyof T]?: z.output<T[K]>;
};

/**
 * Reads the named fields of a line and leaves all others aside, unchanged.
 *
 * @remarks
 * A named field with a value that it can't hold is left aside too: one odd number is no reason to lose
 * a record. Whether a field must be there is for the caller to say.
 */
export function takeFields<T extends FieldSchemas>(options: {
  line: Record<string, unknown>;
  fields: T;
}): { taken: TakenFields<T>; other: Record<string, unknown> } {
  const { line, fields } = options;
  const taken: Record<string, unknown> = {};
  const other: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(line)) {
    if (isNoValue(value)) {
      continue;
    }
    const parsed = Object.hasOwn(fields, name)
      ? fields[name].safeParse(value)
      : undefined;
    if (parsed?.success) {
      taken[name] = parsed.data;
    } else {
      other[name] = value;
    }
  }
  return { taken: taken as TakenFields<T>, other: { ...other } };
}
