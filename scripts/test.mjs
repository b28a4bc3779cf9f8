import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureAppBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { environmentFor, ensureNode } from './lib/node.mjs';
import { root, stateDirectory } from './lib/paths.mjs';
import { main, Problem } from './lib/Problem.mjs';

const HELP = `npm test [-- unit | journeys]

Runs everything: unit and integration tests of all packages, then the journeys in a browser.
`;

function run({ node, command, env = {}, onLine }) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, command, {
      cwd: root,
      env: { ...environmentFor(node), ...env },
      stdio: ['ignore', onLine ? 'pipe' : 'inherit', 'inherit'],
    });
    let rest = '';
    child.stdout?.on('data', data => {
      process.stdout.write(data);
      const lines = (rest + data).split('\n');
      rest = lines.pop();
      lines.forEach(onLine);
    });
    child.on('error', reject);
    child.on('close', code => resolve(code ?? 1));
  });
}

/** All tests of the packages, by Jest. */
async function runUnitTests({ node }) {
  const report = join(stateDirectory, 'test', 'jest.json');
  mkdirSync(join(stateDirectory, 'test'), { recursive: true });
  rmSync(report, { force: true });
  await run({
    node,
    command: [
      join(root, 'node_modules/.bin/backstage-cli'),
      'repo',
      'test',
      '--no-watch',
      // What fails does so at once; this only bears a machine that does other things too.
      '--testTimeout=60000',
      '--json',
      `--outputFile=${report}`,
    ],
    env: {
      CI: 'true',
      BACKSTAGE_TEST_DISABLE_DOCKER: '1',
      // Tests talk to the sandbox; nothing of this machine's AWS settings may leak in.
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  });
  if (!existsSync(report)) {
    throw new Problem('The unit tests did not run to their end.');
  }
  const result = JSON.parse(readFileSync(report, 'utf8'));
  return {
    passed: result.numPassedTests,
    // A suite that doesn't even load has no tests to count.
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
  };
}

/** The journeys and the start script, by Node's own test runner. */
async function runJourneys({ node, log }) {
  await ensureAppBuilt({ node, log });
  const counts = {};
  const code = await run({
    node,
    command: [
      '--test',
      '--test-reporter=spec',
      '--test-concurrency=1',
      join(root, 'e2e/start.test.mjs'),
      join(root, 'e2e/journeys.test.mjs'),
    ],
    onLine: line => {
      const [, name, count] = /^ℹ (pass|fail) (\d+)$/.exec(line) ?? [];
      if (name) {
        counts[name] = Number(count);
      }
    },
  });
  if (counts.pass === undefined) {
    throw new Problem('The journeys did not run to their end.');
  }
  return {
    passed: counts.pass,
    failed: Math.max(counts.fail, code === 0 ? 0 : 1),
  };
}

await main(async () => {
  const [which = 'all'] = process.argv.slice(2);
  if (!['all', 'unit', 'journeys'].includes(which)) {
    process.stdout.write(HELP);
    throw new Problem(`There are no tests called ${which}.`);
  }
  const log = line => process.stdout.write(`${line}\n`);
  const node = ensureNode({ log });
  await ensureInstalled({ node, log });
  const results = [];
  if (which !== 'journeys') {
    results.push(await runUnitTests({ node }));
  }
  if (which !== 'unit') {
    results.push(await runJourneys({ node, log }));
  }
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
});
