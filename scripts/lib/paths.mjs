import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(
  /[/\\]$/,
  '',
);

/** The one git-ignored folder for all that is not source or a dependency. */
export const stateDirectory = join(root, '.lattice');
export const toolchainDirectory = join(stateDirectory, 'toolchain');
export const stampsDirectory = join(stateDirectory, 'stamps');

/** What the portal and its sandbox remember; `npm run reset` clears it. */
export const dataDirectory =
  process.env.LATTICE_DATA_DIRECTORY ?? join(stateDirectory, 'data');
export const logsDirectory = join(dataDirectory, 'logs');

/** The Yarn that belongs to this repository. */
export function yarnPath() {
  const releases = join(root, '.yarn', 'releases');
  const [release] = readdirSync(releases).filter(name => name.endsWith('.cjs'));
  return join(releases, release);
}
