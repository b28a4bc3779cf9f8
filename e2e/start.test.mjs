import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { explainFailure } from '../scripts/lib/explainFailure.mjs';
import { root } from '../scripts/lib/paths.mjs';
import { freePort } from './lib/freePort.mjs';

// What `npm start` says when it can't: one clear sentence, and an exit code that isn't 0.

const UNREACHABLE = 'http://127.0.0.1:9';
const portalPort = await freePort();
const sandboxPort = await freePort();

/** Makes the start script believe that it runs somewhere else. */
function pretending(expression) {
  return ['--import', `data:text/javascript,${encodeURIComponent(expression)}`];
}

function start({ checkout = root, env = {}, args = [], nodeArgs = [] }) {
  const { status, stderr } = spawnSync(
    process.execPath,
    [...nodeArgs, join(checkout, 'scripts/start.mjs'), ...args],
    {
      cwd: checkout,
      encoding: 'utf8',
      env: {
        ...process.env,
        LATTICE_PORTAL_PORT: String(portalPort),
        LATTICE_SANDBOX_PORT: String(sandboxPort),
        ...env,
      },
      timeout: 120_000,
    },
  );
  return { status, said: stderr.trim() };
}

function withClone(run) {
  const directory = mkdtempSync(join(tmpdir(), 'lattice-clone-'));
  const checkout = join(directory, 'clone');
  try {
    spawnSync('git', ['clone', '--quiet', root, checkout]);
    run(checkout, directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

test('an option that does not exist', () => {
  const { status, said } = start({ args: ['--prot', '80'] });
  assert.equal(status, 1);
  assert.match(said, /^There is no option --prot.*--help$/);
});

test('a port that is none', () => {
  const { status, said } = start({ env: { LATTICE_PORTAL_PORT: 'http' } });
  assert.equal(status, 1);
  assert.match(said, /^LATTICE_PORTAL_PORT has to be a port number.*http.*\.$/);
});

test('an unsupported platform', () => {
  const { status, said } = start({
    nodeArgs: pretending(
      `Object.defineProperty(process, 'platform', { value: 'win32' })`,
    ),
  });
  assert.equal(status, 1);
  assert.match(said, /^Lattice Portal runs on Linux and macOS.*win32.*\.$/);
});

test('no network while fetching Node', () =>
  withClone(checkout => {
    const { status, said } = start({
      checkout,
      nodeArgs: pretending(
        `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.11.0' } })`,
      ),
      env: {
        npm_config_registry: UNREACHABLE,
        npm_config_fetch_retries: '0',
        npm_config_cache: join(checkout, '.lattice/npm'),
      },
    });
    assert.equal(status, 1);
    assert.match(
      said,
      /^Node 24 could not be fetched.*: the npm registry can’t be reached;.*\.$/,
    );
  }));

test('no network while installing', () =>
  withClone((checkout, directory) => {
    const { status, said } = start({
      checkout,
      env: {
        YARN_NPM_REGISTRY_SERVER: UNREACHABLE,
        YARN_GLOBAL_FOLDER: join(directory, 'yarn'),
      },
    });
    assert.equal(status, 1);
    assert.match(
      said,
      /^The dependencies could not be installed: the npm registry can’t be reached;.*\.$/,
    );
  }));

test('a disk too small to install on', () =>
  withClone(checkout => {
    const { status, said } = start({
      checkout,
      nodeArgs: pretending(
        `import { createRequire, syncBuiltinESMExports } from 'node:module';
         const fs = createRequire('/')('node:fs');
         fs.statfsSync = () => ({ bavail: 1000, bsize: 4096 });
         syncBuiltinESMExports();`,
      ),
    });
    assert.equal(status, 1);
    assert.match(said, /^Installing needs about 4 GB of disk.*\.$/);
  }));

test('failures are told by their cause, else by what the program said', () => {
  const cases = [
    ['write failed: ENOSPC: no space left on device', /: the disk is full\.$/],
    ['YN0028: The lockfile would have been modified', /: yarn\.lock does not/],
    ['hello\nTypeError: x is not a function\n  at y', /: TypeError: x is not/],
    ['', /^It failed\.$/],
  ];
  for (const [output, expected] of cases) {
    assert.match(explainFailure('It failed', output), expected);
  }
});
