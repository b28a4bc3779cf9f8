import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { environmentFor } from './node.mjs';
import { root } from './paths.mjs';
import { Problem } from './Problem.mjs';
import { digestOf, isDone, setDone } from './stamp.mjs';

const FOLDER = 'packages/access-logs';

/** Compiles the AssemblyScript of the workspace when it changed: some seconds. */
export function ensureWasmBuilt({ node }) {
  const folder = join(root, FOLDER);
  const digest = digestOf([`${FOLDER}/assembly`, 'yarn.lock']);
  if (
    isDone('wasm', digest) &&
    existsSync(join(folder, 'wasm/lineScanner.wasm'))
  ) {
    return;
  }
  const { status, stdout, stderr } = spawnSync(
    node,
    [join(root, 'node_modules/.bin/asc'), '--config', 'assembly/asconfig.json'],
    { cwd: folder, env: environmentFor(node), encoding: 'utf8' },
  );
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}`);
    throw new Problem(
      'The reader of access logs could not be built: see above.',
    );
  }
  setDone('wasm', digest);
}
