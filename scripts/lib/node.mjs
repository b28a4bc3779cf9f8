import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { root, toolchainDirectory } from './paths.mjs';
import { Problem } from './Problem.mjs';
import { explainFailure } from './explainFailure.mjs';

const SUPPORTED_NODE = [22, 24];
const FETCHED_NODE = '24';
const SUPPORTED_PLATFORMS = [
  'linux-x64',
  'linux-arm64',
  'darwin-x64',
  'darwin-arm64',
];

/** The platform's name as in the npm packages that hold Node. */
export function checkPlatform() {
  const platform = `${process.platform}-${process.arch}`;
  if (!SUPPORTED_PLATFORMS.includes(platform)) {
    throw new Problem(
      `Lattice Portal runs on Linux and macOS (x64 or arm64), and this is ${platform}; on Windows use WSL.`,
    );
  }
  return platform;
}

/**
 * Path of a Node the portal runs on: the one at hand if its version is right, else Node 24 from the
 * npm registry, fetched once.
 */
export function ensureNode({ log }) {
  const platform = checkPlatform();
  const major = Number(process.versions.node.split('.')[0]);
  if (SUPPORTED_NODE.includes(major)) {
    return process.execPath;
  }
  const home = join(toolchainDirectory, `node-${FETCHED_NODE}-${platform}`);
  const executable = join(home, 'bin', 'node');
  if (existsSync(executable)) {
    return executable;
  }
  log(
    `Node ${
      process.versions.node
    } is here, the portal needs ${SUPPORTED_NODE.join(
      ' or ',
    )}: fetching Node ${FETCHED_NODE} from the npm registry`,
  );
  mkdirSync(toolchainDirectory, { recursive: true });
  const name = `node-${platform}@${FETCHED_NODE}`;
  const pack = spawnSync('npm', ['pack', name, '--loglevel=error'], {
    cwd: toolchainDirectory,
    encoding: 'utf8',
  });
  const [tarball] = readdirSync(toolchainDirectory).filter(
    file =>
      file.startsWith(`node-${platform}-${FETCHED_NODE}`) &&
      file.endsWith('.tgz'),
  );
  if (pack.status !== 0 || !tarball) {
    throw new Problem(
      explainFailure(
        `Node ${FETCHED_NODE} could not be fetched from the npm registry`,
        `${pack.error?.message ?? ''}${pack.stdout ?? ''}${pack.stderr ?? ''}`,
      ),
    );
  }
  const unpacking = `${home}.part`;
  rmSync(unpacking, { recursive: true, force: true });
  mkdirSync(unpacking, { recursive: true });
  const tar = spawnSync(
    'tar',
    [
      'xzf',
      join(toolchainDirectory, tarball),
      '-C',
      unpacking,
      '--strip-components=1',
    ],
    { encoding: 'utf8' },
  );
  if (tar.status !== 0) {
    throw new Problem(
      explainFailure(`Node ${FETCHED_NODE} could not be unpacked`, tar.stderr),
    );
  }
  rmSync(home, { recursive: true, force: true });
  renameSync(unpacking, home);
  rmSync(join(toolchainDirectory, tarball));
  return executable;
}

/** The environment in which `node` and the workspace's own commands are found first. */
export function environmentFor(node) {
  return {
    ...process.env,
    PATH: [
      dirname(node),
      join(root, 'node_modules', '.bin'),
      process.env.PATH,
    ].join(process.platform === 'win32' ? ';' : ':'),
  };
}
