import { type FieldReader, isNoValue } from './fieldReaders';

/**
 * The fields of a line, taken one by one.
 *
 * @remarks
 * What is not taken by its name is left aside, unchanged. So is a value that the field can't hold: one
 * odd number is no reason to lose a record. Whether a field must be there is for the caller to say.
 */
export class LineFields {
  readonly #line: Record<string, unknown>;
  #settled = 0;
  #misfits?: Record<string, unknown>;

  constructor(line: Record<string, unknown>) {
    this.#line = line;
  }

  /** Takes a field, once. Undefined: it has no value, or one that doesn't fit. */
  take<T>(name: string, read: FieldReader<T>): T | undefined {
    const value = this.#line[name];
    if (value === undefined) {
      return undefined;
    }
    this.#settled++;
    if (isNoValue(value)) {
      return undefined;
    }
    const fitting = read(value);
    if (fitting === undefined) {
      this.#misfits ??= {};
      this.#misfits[name] = value;
    }
    return fitting;
  }

  /**
   * All fields with a value that were not taken.
   *
   * @param known - names of the fields that {@link LineFields.take} was asked for
   */
  rest(known: ReadonlySet<string>): Record<string, unknown> {
    const names = Object.keys(this.#line);
    if (names.length === this.#settled) {
      return this.#misfits ?? {};
    }
    // A line may name a field `__proto__`: collected without a prototype, and copied by spread.
    const rest: Record<string, unknown> = Object.create(null);
    Object.assign(rest, this.#misfits);
    for (const name of names) {
      if (!known.has(name) && !isNoValue(this.#line[name])) {
        rest[name] = this.#line[name];
      }
    }
    return { ...rest };
  }
}
