/** A thousand, and a hundred thousand where `CI` is set, as `npm test` does. */
const numRuns = process.env.CI ? 100_000 : 1000;

/** How often a law is tried that takes a fraction of a millisecond: nearly all. */
export const runs = { numRuns };

/**
 * The same for laws of `compactPolicy` and `diffPolicies`, of which a run looks at
 * thousands of requests.
 */
export const slowRuns = { numRuns: process.env.CI ? 500 : 200 };

/** Milliseconds that a law may take, on a slow machine that does other things as well. */
export const timeout = Math.max(60_000, numRuns * 10);
