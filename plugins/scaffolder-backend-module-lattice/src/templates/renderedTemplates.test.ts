import SwaggerParser from '@apidevtools/swagger-parser';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import templateEntityModel from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import latticePlugin from '@lattice-portal/plugin-lattice-backend';
import { execFile } from 'node:child_process';
import {
  cp,
  mkdir,
  readdir,
  readFile,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import latticeScaffolderFeatures from '../index';
import {
  portalConfig,
  startProvisioningSandbox,
} from '../__testUtils__/startProvisioningSandbox';
import {
  callSets,
  certificateArn,
  type ParameterSet,
  serviceSets,
} from './parameterSets';

/** Runs a program; what it prints is the error if it fails. */
async function run(program: string, args: string[], cwd: string) {
  try {
    return await promisify(execFile)(program, args, { cwd });
  } catch (error: any) {
    throw new Error(`${error.stdout}${error.stderr}`);
  }
}

const people = `
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: commerce }
spec: { type: team, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: mock }
spec: { memberOf: [commerce] }
`;

const repository = join(
  resolvePackagePath(
    '@lattice-portal/plugin-scaffolder-backend-module-lattice',
  ),
  '../..',
);

/** What a template writes, by path. */
type Files = Record<string, string>;

async function filesIn(folder: string): Promise<Files> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  return Object.fromEntries(
    await Promise.all(
      entries
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name))
        .map(async path => [
          relative(folder, path),
          await readFile(path, 'utf8'),
        ]),
    ),
  );
}

function yamlDocuments(path: string, text: string): unknown[] {
  return parseAllDocuments(text).map(document => {
    const problem = document.errors[0] ?? document.warnings[0];
    if (problem) {
      throw new Error(`${path}: ${problem.message}`);
    }
    return document.toJS();
  });
}

/** Whether a line of the log tells of something that did not go well, whatever the names in it. */
function isTrouble({ body }: any): boolean {
  const { status, message } = body;
  if (status) {
    return !['processing', 'completed', 'skipped'].includes(status);
  }
  // Steps log by level, which winston colours; what the runner says itself has none.
  // eslint-disable-next-line no-control-regex
  const level = /^\x1b\[\d+m(\w+)\x1b\[39m: /.exec(message)?.[1];
  return (
    (level !== undefined && level !== 'info') || /Not checked: /.test(message)
  );
}

async function until(check: () => Promise<unknown>): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await check())) {
    if (Date.now() > end) {
      throw new Error('Waited too long');
    }
    await sleep(100);
  }
}

describe('what the templates write', () => {
  jest.setTimeout(180_000);
  const place = createMockDirectory();
  let portal: Awaited<ReturnType<typeof startProvisioningSandbox>>;
  let port: number;
  const templates = new Map<string, object>();
  const rendered: { template: string; folder: string }[] = [];
  let folders = 0;

  beforeAll(async () => {
    place.setContent({ 'people.yaml': people });
    portal = await startProvisioningSandbox();
    for (const { values } of callSets) {
      putRole((values.callers as string[])[0]);
    }
    const { server } = await startTestBackend({
      features: [
        catalogPlugin,
        templateEntityModel,
        scaffolderPlugin,
        latticeScaffolderFeatures,
        latticePlugin,
        mockServices.userInfo.mock({
          getUserInfo: async () => ({
            userEntityRef: 'user:default/mock',
            ownershipEntityRefs: ['group:default/commerce'],
          }),
        }).factory,
        mockServices.rootConfig.factory({
          data: {
            backend: {
              baseUrl: 'http://localhost:45704',
              workingDirectory: place.resolve('.'),
            },
            catalog: {
              locations: [
                {
                  type: 'file',
                  target: place.resolve('people.yaml'),
                  rules: [{ allow: ['User', 'Group'] }],
                },
              ],
              processingInterval: { seconds: 1 },
            },
            ...portalConfig,
            lattice: {
              ...portalConfig.lattice,
              accounts: [
                { accountId: '001122334455', owner: 'group:default/platform' },
                { accountId: '223344556677', owner: 'group:default/commerce' },
              ],
              repositories: { directory: place.resolve('repositories') },
            },
          },
        }),
      ],
    });
    port = server.port();
    const get = async (path: string): Promise<any> =>
      (await fetch(`http://localhost:${port}/api${path}`)).json();
    await until(async () => {
      const user = await get('/catalog/entities/by-name/user/default/mock');
      return user.relations?.length;
    });
    await until(async () => (await get('/lattice/v1/services')).items?.length);
  });
  afterAll(async () => {
    await portal?.stop();
  });

  /** The roles that call are there, as those of services that a template made. */
  function putRole(arn: string) {
    const [, , , , accountId, resource] = arn.split(':');
    const [, ...names] = resource.split('/');
    const like = portal.estate.roles.find(
      role => role.accountId === accountId && role.name === 'orders',
    )!;
    const name = names.pop()!;
    const path = names.length > 0 ? `/${names.join('/')}/` : '/';
    portal.estate.roles.put(arn, {
      ...like,
      arn,
      name,
      path,
      id: `AROA${name}`,
    });
  }

  /** Runs the template without making anything. */
  async function dryRun(folder: string, values: object) {
    const root = join(repository, 'templates', folder);
    if (!templates.has(folder)) {
      const text = await readFile(join(root, 'template.yaml'), 'utf8');
      const template: any = yamlDocuments('template.yaml', text)[0];
      templates.set(folder, {
        template,
        directoryContents: Object.entries(await filesIn(root)).map(
          ([path, content]) => ({
            path,
            base64Content: Buffer.from(content).toString('base64'),
          }),
        ),
      });
    }
    const response = await fetch(
      `http://localhost:${port}/api/scaffolder/v2/dry-run`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...templates.get(folder), values }),
      },
    );
    const answer: any = await response.json();
    return { status: response.status, answer };
  }

  /** What the template would publish. */
  async function filesOf(folder: string, values: object): Promise<Files> {
    const { status, answer } = await dryRun(folder, values);
    expect({
      status,
      error: answer.errors ?? answer.error,
      troubles: (answer.log ?? []).filter(isTrouble),
    }).toEqual({ status: 200, error: undefined, troubles: [] });
    return Object.fromEntries(
      answer.directoryContents.map((file: any) => [
        file.path,
        Buffer.from(file.base64Content, 'base64').toString(),
      ]),
    );
  }

  it('has sets enough', () => {
    expect(serviceSets.length + callSets.length).toBeGreaterThanOrEqual(40);
  });

  /** Answers with what the account really has in place of what only looks like it. */
  function inEstate(values: Record<string, unknown>): Record<string, unknown> {
    const { estate } = portal;
    const isOwn = (resource: { accountId: string }) =>
      resource.accountId === '223344556677';
    const vpc = estate.vpcs.find(isOwn)!;
    const [one, other] = estate.subnets.filter(({ vpcId }) => vpcId === vpc.id);
    const real: Record<string, string> = {
      'vpc-0a1b2c3d4e5f60718': vpc.id,
      'subnet-0a1b2c3d4e5f60718': one.id,
      'subnet-0a1b2c3d4e5f60719': other.id,
      [certificateArn]: estate.certificates.find(isOwn)!.arn,
      Z0123456789ABC: estate.hostedZones.find(isOwn)!.id,
    };
    return JSON.parse(
      Object.entries(real).reduce(
        (text, [id, realId]) => text.replaceAll(id, realId),
        JSON.stringify(values),
      ),
    );
  }

  /** Writes what a template makes of the answers into a folder, and checks what holds for every file. */
  async function render({ template, values }: ParameterSet) {
    const { estate, networkArn: network } = portal;
    const service = estate.services.find(({ name }) => name === 'inventory');
    const files = await filesOf(
      template,
      template === 'call-service'
        ? { service: service?.arn, ...inEstate(values) }
        : { network, ...inEstate(values) },
    );
    folders += 1;
    const folder = place.resolve(`rendered/${folders}`);
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
      const own = content
        .replaceAll(JSON.stringify(values.description), '')
        .replaceAll(String(values.description), '');
      // `undefined` is a word of TypeScript; elsewhere it stands for a value that is missing.
      const left = own.match(
        path.endsWith('.ts')
          ? /^.*(\$\{\{|\{%|%\}).*$/m
          : /^.*(\$\{\{|\{%|%\}|undefined|\[object ).*$/m,
      );
      expect({ path, left: left?.[0] }).toEqual({ path, left: undefined });
      if (path.endsWith('.json')) {
        JSON.parse(content);
      }
      if (/\.ya?ml$/.test(path)) {
        yamlDocuments(path, content);
      }
    }
    return { folder, files };
  }

  it.each(serviceSets)('$template with $title', async set => {
    const { folder, files } = await render(set);
    const { values } = set;
    rendered.push({ template: set.template, folder });
    const entities: any[] = yamlDocuments(
      'catalog-info.yaml',
      files['catalog-info.yaml'],
    );
    const { name, description, owner } = values;
    expect(entities).toMatchObject([
      { kind: 'Component', metadata: { name, description }, spec: { owner } },
      { kind: 'API', metadata: { name: `${name}-api` }, spec: { owner } },
    ]);
    expect(JSON.parse(files['package.json'])).toMatchObject({
      name,
      description,
    });
    const api = await SwaggerParser.validate(join(folder, 'openapi.yaml'));
    expect(api.info.description).toBe(description);
  });

  it.each(callSets)('$template with $title', async set => {
    const { folder, files } = await render(set);
    rendered.push({ template: set.template, folder });
    expect(Object.keys(files).sort()).toEqual([
      'docs/call-inventory.md',
      'src/lattice/inventory.ts',
      'src/lattice/latticeFetch.test.ts',
      'src/lattice/latticeFetch.ts',
    ]);
  });

  /** Runs a template for a VPC that is associated with no service network. */
  async function runAlone(name: string, more: object): Promise<string> {
    const set = [...serviceSets, ...callSets].find(
      ({ template }) => template === name,
    )!;
    const { estate, networkArn: network } = portal;
    const service = estate.services.find(one => one.name === 'inventory')!;
    const { status, answer } = await dryRun(name, {
      network,
      service: service.arn,
      prefixList: 'pl-0a1b2c3d4e5f60718',
      subnets: ['subnet-0a1b2c3d4e5f60718', 'subnet-0a1b2c3d4e5f60719'],
      ...inEstate(set.values),
      vpc: 'vpc-0fffffffffffffff0',
      ...more,
    });
    expect(status).toBe(400);
    return answer.error.message;
  }

  it.each([
    ['lambda-service', { callsOthers: true }],
    ['ecs-service', { callsOthers: true }],
    ['call-service', { ownSide: true }],
  ])('%s: is refused in a VPC that reaches no network', async (name, more) => {
    expect(await runAlone(name, more)).toMatch(
      /vpc-0fffffffffffffff0 is not associated with service network .*, so nothing in it reaches that network. Choose another VPC, or join this one with the template Join a VPC/,
    );
  });

  it('asks for no association where nothing is called', async () => {
    const refusal = await runAlone('ecs-service', { callsOthers: false });
    expect(refusal).toMatch(/subnet/);
    expect(refusal).not.toMatch(/not associated/);
  });

  it('writes policies without errors, and with cases that hold', async () => {
    const services = rendered.filter(
      ({ template }) => template !== 'call-service',
    );
    expect(services).toHaveLength(serviceSets.length);
    const command = ['scripts/run.mjs', 'packages/auth-policy/src/cli.ts'];
    const policies = services.map(({ folder }) =>
      join(folder, 'auth-policy.json'),
    );
    const suites = services.map(({ folder }) =>
      join(folder, 'policy.test.yaml'),
    );
    const lint = await run(
      'node',
      [...command, 'lint', ...policies],
      repository,
    );
    expect(lint.stdout).toContain(`0 errors`);
    const tests = await run(
      'node',
      [...command, 'test', ...suites],
      repository,
    );
    expect(tests.stdout).toMatch(/ 0 failed/);
  });

  it.each(['lambda-service', 'ecs-service'])(
    '%s: the application builds and its tests pass, also with a client for another service',
    async template => {
      const folderOf = (name: string) =>
        rendered.find(one => one.template === name)?.folder ?? '';
      const folder = folderOf(template);
      await cp(join(folderOf('call-service'), 'src'), join(folder, 'src'), {
        recursive: true,
      });
      await symlink(
        join(repository, 'node_modules'),
        join(folder, 'node_modules'),
      );
      const tsc = join(repository, 'node_modules/.bin/tsc');
      await run(tsc, ['--outDir', 'dist'], folder);
      const { stdout } = await run('npm', ['test'], folder);
      expect(stdout).toContain('fail 0');
      expect(stdout).not.toMatch(/^# tests 0$/m);
    },
  );
});
