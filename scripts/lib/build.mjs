import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { explainFailure } from './explainFailure.mjs';
import { environmentFor } from './node.mjs';
import { root } from './paths.mjs';
import { Problem } from './Problem.mjs';
import { digestOf, isDone, setDone } from './stamp.mjs';

/** All that ends up in the browser. */
const SOURCES = [
  'yarn.lock',
  'packages/app',
  'packages/auth-policy',
  'plugins/lattice',
  'plugins/lattice-common',
];

/** Builds the front end when its sources changed since the last build. */
export async function ensureAppBuilt({ node, log }) {
  const digest = digestOf(SOURCES);
  if (
    isDone('app', digest) &&
    existsSync(join(root, 'packages/app/dist/index.html'))
  ) {
    return;
  }
  log('Building the front end; this is done once');
  const started = Date.now();
  const child = spawn(
    node,
    [join(root, 'node_modules/.bin/backstage-cli'), 'package', 'build'],
    {
      cwd: join(root, 'packages/app'),
      env: { ...environmentFor(node), NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  child.stdout.on('data', data => (output += data));
  child.stderr.on('data', data => (output += data));
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) {
    process.stderr.write(output);
    throw new Problem(
      explainFailure('The front end could not be built', output),
    );
  }
  setDone('app', digest);
  log(`Built in ${Math.round((Date.now() - started) / 1000)} s`);
}
