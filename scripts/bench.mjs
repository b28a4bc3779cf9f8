import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { main, Problem } from './lib/Problem.mjs';

const LOGS = 'packages/access-logs/bench/logs.ts';
const RECORDS = 'packages/access-log-store/bench/records.ts';
const TAKE_IN = 'plugins/lattice-backend/bench/takeIn.ts';
const REPLAY = 'plugins/lattice-backend/bench/replay.ts';
const ANSWERS = 'plugins/lattice-backend/bench/answers.ts';
const SUITES = new Map([
  ['policy', ['packages/auth-policy/bench/policy.ts']],
  ['logs', [LOGS, TAKE_IN, RECORDS, REPLAY, ANSWERS]],
  // Parts of the last.
  ['reading', [LOGS]],
  ['take-in', [TAKE_IN]],
  ['records', [RECORDS, REPLAY]],
  ['answers', [ANSWERS]],
]);

// Runs a suite of benchmarks by its name.
await main(async () => {
  const [name, ...args] = process.argv.slice(2);
  const programs = SUITES.get(name);
  if (!programs) {
    throw new Problem(
      `Usage: npm run bench -- SUITE, where SUITE is ${[...SUITES.keys()].join(
        ' or ',
      )}`,
    );
  }
  for (const program of programs) {
    const { status } = spawnSync(
      process.execPath,
      [join(root, 'scripts/run.mjs'), program, ...args],
      { stdio: 'inherit' },
    );
    if (status !== 0) {
      process.exitCode = status ?? 1;
      return;
    }
  }
});
