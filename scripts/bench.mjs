import { main, Problem } from './lib/Problem.mjs';

const SUITES = new Map([
  ['policy', 'packages/auth-policy/bench/policy.ts'],
  ['logs', 'packages/access-logs/bench/logs.ts'],
  ['records', 'packages/access-log-store/bench/records.ts'],
]);

// Runs a suite of benchmarks by its name.
await main(async () => {
  const [name, ...args] = process.argv.slice(2);
  const program = SUITES.get(name);
  if (!program) {
    throw new Problem(
      `Usage: npm run bench -- SUITE, where SUITE is ${[...SUITES.keys()].join(
        ' or ',
      )}`,
    );
  }
  process.argv.splice(2, process.argv.length, program, ...args);
  await import('./run.mjs');
});
