/**
 * How often a law is tried: a thousand times, or as often as `AUTH_POLICY_RUNS` says.
 * Laws that take long get a longer time limit along with it.
 */
export const runs = { numRuns: Number(process.env.AUTH_POLICY_RUNS ?? 1000) };

/** Milliseconds that so many runs may take. */
export const timeout = Math.max(30_000, runs.numRuns * 10);
