import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { explainFailure } from './explainFailure.mjs';
import { environmentFor } from './node.mjs';
import { root, yarnPath } from './paths.mjs';
import { Problem } from './Problem.mjs';
import { digestOf, isDone, setDone } from './stamp.mjs';
import { ensureWasmBuilt } from './wasm.mjs';

const NEEDED_BYTES = 4 * 1024 ** 3;

function manifests() {
  const workspaces = ['packages', 'plugins'].flatMap(folder =>
    readdirSync(join(root, folder)).map(
      name => `${folder}/${name}/package.json`,
    ),
  );
  return ['package.json', 'yarn.lock', '.yarnrc.yml', ...workspaces];
}

function checkDisk() {
  const { bavail, bsize } = statfsSync(root);
  if (bavail * bsize < NEEDED_BYTES) {
    const free = ((bavail * bsize) / 1024 ** 3).toFixed(1);
    throw new Problem(
      `Installing needs about 4 GB of disk, and only ${free} GB is free here: make room and start again.`,
    );
  }
}

/** Yarn doesn't read npm's settings: hands it the registry npm is set to. */
function registryEnvironment() {
  if (process.env.YARN_NPM_REGISTRY_SERVER) {
    return {};
  }
  const { stdout } = spawnSync('npm', ['config', 'get', 'registry'], {
    cwd: root,
    encoding: 'utf8',
  });
  const registry = stdout?.trim();
  return registry && /^https?:/.test(registry)
    ? { YARN_NPM_REGISTRY_SERVER: registry }
    : {};
}

/** Installs exactly what yarn.lock says, and builds what is run from there. Shows how far it is. */
export async function ensureInstalled({ node, log }) {
  await ensureDependencies({ node, log });
  ensureWasmBuilt({ node });
}

async function ensureDependencies({ node, log }) {
  const digest = digestOf(manifests(), node);
  if (isDone('install', digest) && existsSync(join(root, 'node_modules'))) {
    return;
  }
  checkDisk();
  log('Installing dependencies; the first time takes two to three minutes');
  const started = Date.now();
  const elapsed = () => `${Math.round((Date.now() - started) / 1000)} s`;
  const child = spawn(node, [yarnPath(), 'install', '--immutable'], {
    cwd: root,
    env: {
      ...environmentFor(node),
      ...registryEnvironment(),
      YARN_ENABLE_PROGRESS_BARS: '0',
      YARN_ENABLE_COLORS: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let step = 'starting';
  const read = data => {
    output = (output + data).slice(-200_000);
    for (const [, name] of String(data).matchAll(/┌ (\w+) step/g)) {
      step = name.toLowerCase();
      log(`  ${step} (${elapsed()})`);
    }
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const ticker = setInterval(() => log(`  ${step} (${elapsed()})`), 15_000);
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  }).finally(() => clearInterval(ticker));
  if (code !== 0) {
    const errors = output
      .split('\n')
      .filter(line => /YN00(01|28|35|82)|ENOSPC|Error/.test(line))
      .join('\n');
    throw new Problem(
      explainFailure(
        'The dependencies could not be installed',
        errors || output,
      ),
    );
  }
  setDone('install', digest);
  log(`Installed in ${elapsed()}`);
}
