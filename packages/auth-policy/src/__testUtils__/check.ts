/**
 * Fails a law. `expect` is right for a test, but takes longer than what a law tries a
 * hundred thousand times.
 */
export function check(isTrue: boolean, what: () => string): void {
  if (!isTrue) {
    throw new Error(what());
  }
}
