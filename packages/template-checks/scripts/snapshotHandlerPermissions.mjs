/**
 * Writes src/leastPrivilege/generated/handlerPermissions.json: which actions CloudFormation takes to make,
 * read, change and delete resources, and which actions there are, both from the data of cfn-lint.
 *
 *   npm run cfn-lint && node scripts/snapshotHandlerPermissions.mjs
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const path = relative => fileURLToPath(new URL(relative, import.meta.url));
const read = file => JSON.parse(readFileSync(file, 'utf8'));

const libraries = path('../../../.lattice/cfn-lint/lib');
const packages = join(libraries, readdirSync(libraries)[0], 'site-packages');
const data = join(packages, 'cfnlint/data');
const [, version] = readdirSync(packages)
  .map(name => /^cfn_lint-(.*)\.dist-info$/.exec(name))
  .find(Boolean);

const known = Object.keys(
  read(path('../../sandbox/src/cloudFormation/generated/resourceTypes.json')),
);
const schemas = join(data, 'schemas/resources');
const types = {};
for (const file of readdirSync(schemas)) {
  const { typeName, handlers = {} } = file.endsWith('.json')
    ? read(join(schemas, file))
    : {};
  if (known.includes(typeName)) {
    types[typeName] = [
      ...new Set([
        ...(types[typeName] ?? []),
        // Resources are found by their ids; what only listing takes is not needed.
        ...Object.entries(handlers)
          .filter(([handler]) => handler !== 'list')
          .flatMap(([, { permissions = [] }]) => permissions),
      ]),
    ].sort();
  }
}

const services = read(join(data, 'AdditionalSpecs/Policies.json'));
const used = new Set(
  Object.values(types).flatMap(actions =>
    actions.map(action => action.split(':')[0]),
  ),
);
for (const service of [
  'cloudtrail',
  'organizations',
  'servicecatalog',
  'sts',
  'vpc-lattice-svcs',
]) {
  used.add(service);
}
const sorted = object =>
  Object.fromEntries(
    Object.entries(object).sort(([left], [right]) => (left < right ? -1 : 1)),
  );
writeFileSync(
  path('../src/leastPrivilege/generated/handlerPermissions.json'),
  `${JSON.stringify(
    {
      source: `cfn-lint ${version}`,
      types: sorted(types),
      // In lower case, as the data has them.
      actions: sorted(
        Object.fromEntries(
          [...used]
            .filter(service => services[service])
            .map(service => [
              service,
              Object.keys(services[service].Actions).sort().join(' '),
            ]),
        ),
      ),
    },
    undefined,
    1,
  )}\n`,
);
