import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

const checkout = join(
  resolvePackagePath('@lattice-portal/template-checks'),
  '../..',
);

/** Runs a program; what it prints is the error if it fails or takes too long. */
async function run(program: string, args: string[], cwd: string) {
  try {
    const { stdout } = await promisify(execFile)(program, args, {
      cwd,
      timeout: 120_000,
    });
    return stdout;
  } catch (error: any) {
    throw new Error(`${error.message}\n${error.stdout}${error.stderr}`);
  }
}

/**
 * Writes a repository into a folder and does what its pipeline does: type check, unit tests, and the cases of
 * its auth policy if it has one. Of this checkout's packages it sees those that its package.json names.
 *
 * @returns how many unit tests passed.
 * @throws Error with what failed.
 */
export async function buildRepository(
  files: Record<string, string>,
  folder: string,
): Promise<number> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  await linkDependencies(JSON.parse(files['package.json']), folder);
  await run(
    process.execPath,
    [join(checkout, 'node_modules/typescript/bin/tsc'), '--noEmit'],
    folder,
  );
  if (files['policy.test.yaml']) {
    const cli = ['scripts/run.mjs', 'packages/auth-policy/src/cli.ts'];
    for (const [command, file] of [
      ['lint', 'auth-policy.json'],
      ['test', 'policy.test.yaml'],
    ]) {
      await run(
        process.execPath,
        [...cli, command, join(folder, file)],
        checkout,
      );
    }
  }
  const output = await run(
    process.execPath,
    ['--test', '--test-reporter=tap', 'src/**/*.test.ts'],
    folder,
  );
  return Number(/^# pass (\d+)$/m.exec(output)?.[1]);
}

async function linkDependencies(
  manifest: Record<string, Record<string, string> | undefined>,
  folder: string,
) {
  for (const name of Object.keys({
    ...manifest.dependencies,
    ...manifest.devDependencies,
  })) {
    const link = join(folder, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(dirname(require.resolve(`${name}/package.json`)), link);
  }
}
