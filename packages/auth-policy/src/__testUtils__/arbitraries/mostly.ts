import fc from 'fast-check';

/** Mostly the first, which makes statements that apply often enough. */
export function mostly<T>(
  usual: fc.Arbitrary<T>,
  ...others: fc.Arbitrary<T>[]
) {
  return fc.oneof({ weight: 3, arbitrary: usual }, ...others);
}

export function oneOrTwo(values: readonly string[]): fc.Arbitrary<string[]> {
  return fc.uniqueArray(fc.constantFrom(...values), {
    minLength: 1,
    maxLength: 2,
  });
}

/** A single text as often as a list. */
export function listOf(
  values: readonly string[],
): fc.Arbitrary<string | string[]> {
  return fc.oneof(fc.constantFrom(...values), oneOrTwo(values));
}
