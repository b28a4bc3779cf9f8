// Writes src/wire/generated/models.json anew from the installed AWS SDK clients.
// Run after adding an operation to services.mjs or upgrading a client:
//   node packages/sandbox/scripts/snapshotModels.mjs
// With --check it writes nothing and fails when the file is out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import { dumpModels } from './dumpModels.mjs';

const file = new URL('../src/wire/generated/models.json', import.meta.url);
const models = await dumpModels();
if (!process.argv.includes('--check')) {
  writeFileSync(file, models);
} else if (readFileSync(file, 'utf8') !== models) {
  process.stderr.write(
    'src/wire/generated/models.json is out of date: run scripts/snapshotModels.mjs\n',
  );
  process.exitCode = 1;
}
