import { existsSync, rmSync } from 'node:fs';
import { dataDirectory, stateDirectory } from './lib/paths.mjs';
import { main } from './lib/Problem.mjs';

await main(async () => {
  const everything = process.argv.includes('--all');
  const directory = everything ? stateDirectory : dataDirectory;
  if (!existsSync(directory)) {
    process.stdout.write('There is nothing to clear.\n');
    return;
  }
  rmSync(directory, { recursive: true, force: true });
  process.stdout.write(
    everything
      ? 'Cleared the data, the build stamps and the fetched Node.\n'
      : 'Cleared the data of the portal and the sandbox.\n',
  );
});
