import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { explainFailure } from './lib/explainFailure.mjs';
import { root, stateDirectory } from './lib/paths.mjs';
import { main, Problem } from './lib/Problem.mjs';
import { isDone, setDone } from './lib/stamp.mjs';

/** The release that all machines lint with; a newer one knows newer resource types and finds more. */
const VERSION = '1.58.0';
const NEEDED_PYTHON = [3, 10];
const FOLDERS = ['catalog', 'docs', 'e2e', 'packages', 'plugins', 'templates'];
const NOT_SOURCE = new Set(['node_modules', 'dist', 'dist-types', 'coverage']);

const environment = join(stateDirectory, 'cfn-lint');

/** The first Python at hand that cfn-lint runs on: its command and version. */
function findPython() {
  const minors = [14, 13, 12, 11, 10].map(minor => `python3.${minor}`);
  for (const command of ['python3', ...minors, 'python']) {
    const { status, stdout } = spawnSync(
      command,
      ['-c', 'import sys; print("%d.%d.%d" % sys.version_info[:3])'],
      { encoding: 'utf8' },
    );
    const [major, minor] = (stdout ?? '').split('.').map(Number);
    if (
      status === 0 &&
      major === NEEDED_PYTHON[0] &&
      minor >= NEEDED_PYTHON[1]
    ) {
      return { command, version: stdout.trim() };
    }
  }
  return undefined;
}

/**
 * Puts cfn-lint into an environment of its own, once. Where the index is follows from pip's own settings.
 *
 * @returns why it can't be had here; `undefined` when it is there.
 */
function install({ command, version }) {
  const wanted = `${VERSION} on Python ${version}`;
  if (isDone('cfn-lint', wanted)) {
    return undefined;
  }
  process.stdout.write(`Installing cfn-lint ${wanted}; this is done once\n`);
  rmSync(environment, { recursive: true, force: true });
  const options = { encoding: 'utf8' };
  const made = spawnSync(command, ['-m', 'venv', environment], options);
  if (made.status !== 0) {
    return 'Python can make no virtual environment here (its venv module or pip is missing)';
  }
  const { status, stdout, stderr } = spawnSync(
    join(environment, 'bin', 'python'),
    [
      ...['-m', 'pip', 'install', '--quiet', '--retries', '2'],
      '--disable-pip-version-check',
      `cfn-lint==${VERSION}`,
    ],
    options,
  );
  if (status === 0) {
    setDone('cfn-lint', wanted);
    return undefined;
  }
  // All that pip says when it can't reach its index, and when the index hasn't the release.
  if (/No matching distribution|Could not find a version/.test(stderr)) {
    return `pip finds no cfn-lint ${VERSION}; is its index reached?`;
  }
  throw new Problem(
    explainFailure('cfn-lint could not be installed', `${stdout}${stderr}`),
  );
}

function* templatesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !NOT_SOURCE.has(entry.name)) {
      yield* templatesBelow(path);
    } else if (
      /\.(ya?ml|json|template)$/.test(entry.name) &&
      /^[ {"]*AWSTemplateFormatVersion/m.test(readFileSync(path, 'utf8'))
    ) {
      yield relative(root, path);
    }
  }
}

// Lints every CloudFormation template of the checkout; warnings count.
await main(async () => {
  const python = findPython();
  const missing = python
    ? install(python)
    : `no Python ${NEEDED_PYTHON.join('.')} or newer is here`;
  if (missing) {
    process.stdout.write(`cfn-lint skipped: ${missing}\n`);
    return;
  }
  const templates = FOLDERS.flatMap(folder => [
    ...templatesBelow(join(root, folder)),
  ]).sort();
  if (templates.length === 0) {
    throw new Problem('There is no CloudFormation template to lint.');
  }
  const { status } = spawnSync(
    join(environment, 'bin', 'cfn-lint'),
    ['--non-zero-exit-code', 'warning', '--', ...templates],
    { cwd: root, stdio: 'inherit' },
  );
  if (status !== 0) {
    throw new Problem(`cfn-lint ${VERSION} has findings.`);
  }
  process.stdout.write(
    `cfn-lint ${VERSION}: ${templates.length} templates without findings\n`,
  );
});
