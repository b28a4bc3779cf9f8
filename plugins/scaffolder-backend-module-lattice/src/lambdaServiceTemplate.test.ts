import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  ProvisionProductCommand,
  ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import templateEntityModel from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import latticePlugin from '@lattice-portal/plugin-lattice-backend';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import latticeScaffolderFeatures from './index';
import {
  portalConfig,
  startProvisioningSandbox,
} from './__testUtils__/startProvisioningSandbox';

const run = promisify(execFile);

const template = join(
  resolvePackagePath(
    '@lattice-portal/plugin-scaffolder-backend-module-lattice',
  ),
  '../../templates/lambda-service/template.yaml',
);
const retireTemplate = template.replace('lambda-service', 'retire-service');

const people = `
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: commerce }
spec: { type: team, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: mock }
spec: { profile: { displayName: Ada }, memberOf: [commerce] }
`;

describe('the template lambda-service', () => {
  jest.setTimeout(120_000);
  const place = createMockDirectory();
  let portal: Awaited<ReturnType<typeof startProvisioningSandbox>>;
  let request: (path: string, body?: unknown) => Promise<any>;

  beforeAll(async () => {
    place.setContent({ 'people.yaml': people });
    portal = await startProvisioningSandbox();
    const { server } = await startTestBackend({
      features: [
        catalogPlugin,
        templateEntityModel,
        scaffolderPlugin,
        latticeScaffolderFeatures,
        latticePlugin,
        mockServices.rootConfig.factory({
          data: {
            backend: {
              baseUrl: 'http://localhost:45703',
              workingDirectory: place.resolve('.'),
            },
            catalog: {
              locations: [
                {
                  type: 'file',
                  target: template,
                  rules: [{ allow: ['Template'] }],
                },
                {
                  type: 'file',
                  target: retireTemplate,
                  rules: [{ allow: ['Template'] }],
                },
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
              provisioning: { pollIntervalSeconds: 0.1 },
              repositories: {
                directory: place.resolve('repositories'),
                anonymousRead: true,
              },
            },
          },
        }),
      ],
    });
    request = async (path, body) => {
      const response = await fetch(`http://localhost:${server.port()}${path}`, {
        method: body ? 'POST' : 'GET',
        body: body ? JSON.stringify(body) : undefined,
        headers: { 'content-type': 'application/json' },
      });
      const text = await response.text();
      return response.headers.get('content-type')?.includes('json')
        ? JSON.parse(text)
        : text;
    };
    const found = async (ref: string) =>
      (await request(`/api/catalog/entities/by-name/${ref}`)).relations;
    await until(() => found('template/default/lattice-lambda-service'));
    await until(() => found('template/default/lattice-retire-service'));
    await until(async () => (await found('user/default/mock'))?.length);
  });
  afterAll(async () => {
    await portal?.stop();
  });

  const answers = () => ({
    name: 'stock',
    description: 'Says "what" is in stock: all of it',
    owner: 'group:default/commerce',
    account: '223344556677',
    network: portal.networkArn,
    logRetentionDays: 30,
    access: {
      callers: ['arn:aws:iam::445566778899:role/public-proxy'],
      methods: ['GET', 'POST'],
      path: '/items/*',
    },
  });

  async function create(values: object, name = 'lattice-lambda-service') {
    const { id, errors } = await request('/api/scaffolder/v2/tasks', {
      templateRef: `template:default/${name}`,
      values,
    });
    expect(errors).toBeUndefined();
    let task: any;
    await until(async () => {
      task = await request(`/api/scaffolder/v2/tasks/${id}`);
      return ['completed', 'failed'].includes(task.status);
    });
    const events: any[] = await request(
      `/api/scaffolder/v2/tasks/${id}/events`,
    );
    const log = events.map(event => event.body.message).join('\n');
    const output = events.find(event => event.type === 'completion').body
      .output;
    return { status: task.status, log, output };
  }

  const entity = (ref: string) =>
    request(`/api/catalog/entities/by-name/${ref}`);

  it('makes a service with everything around it', async () => {
    const { status, log, output } = await create(answers());
    expect({ status, log }).toMatchObject({ status: 'completed' });
    expect(log).toMatch(/Service \(AWS::VpcLattice::Service\) CREATE_COMPLETE/);
    expect(portal.serviceNames()).toContain('stock');
    const service = portal.estate.services.find(({ name }) => name === 'stock');
    expect(output.links).toMatchObject([
      { entityRef: 'component:default/stock' },
      { url: 'http://localhost:45703/api/lattice-git/stock' },
      { url: '/lattice/map' },
      { url: `/lattice/map?service=${service?.id}` },
    ]);
    expect(output.text[0].content).toContain(
      `https://${service?.dnsEntry.domainName}`,
    );

    await until(async () => (await entity('component/default/stock')).kind);
    await until(async () => (await entity('api/default/stock-api')).kind);
    expect(await entity('component/default/stock')).toMatchObject({
      metadata: {
        description: 'Says "what" is in stock: all of it',
        annotations: { 'lattice-portal.io/service-name': 'stock' },
      },
      spec: { owner: 'group:default/commerce' },
    });
    const api = await entity('api/default/stock-api');
    expect(api.spec.definition).toContain("'/items/{rest}':");
    expect(await request('/api/lattice-git/stock')).toContain('openapi.yaml');
  });

  it('writes an application that works', async () => {
    const clone = place.resolve('clone');
    await run('git', ['clone', place.resolve('repositories/stock.git'), clone]);
    const { stdout } = await run('npm', ['test'], { cwd: clone });
    expect(stdout).toContain('fail 0');
    const content: any = place.content({ path: 'clone' });
    expect(JSON.parse(content['auth-policy.json']).Statement[0]).toMatchObject({
      Principal: { AWS: answers().access.callers },
      Resource: 'arn:aws:vpc-lattice:us-east-1:223344556677:service/*/items/*',
      Condition: {
        StringEquals: { 'vpc-lattice-svcs:RequestMethod': ['GET', 'POST'] },
      },
    });
    expect(JSON.stringify(content)).not.toMatch(/\$\{\{|\{%/);
  });

  it('changes the service when it is run again', async () => {
    const given = answers();
    const again = await create({
      ...given,
      access: { ...given.access, path: '/stock/*' },
    });
    expect(again).toMatchObject({ status: 'completed' });
    expect(again.log).toMatch(
      /Policy \(AWS::VpcLattice::AuthPolicy\) UPDATE_COMPLETE/,
    );
    expect(
      await request('/api/lattice-git/stock/raw/main/auth-policy.json'),
    ).toContain('/stock/*');
  });

  it('leaves nothing when the service can not be made', async () => {
    const before = portal.serviceNames();
    const { status, log } = await create({
      ...answers(),
      name: 'stock-two',
      network:
        'arn:aws:vpc-lattice:us-east-1:001122334455:servicenetwork/sn-0aaaaaaaaaaaaaaaa',
    });
    expect(status).toBe('failed');
    expect(log).toMatch(
      /stock-two can't be made .* is not shared with account 223344556677.*\n- Repository stock-two was removed again/s,
    );
    expect(portal.serviceNames()).toEqual(before);
    expect(await request('/api/lattice-git')).not.toContain('stock-two');
    expect((await entity('component/default/stock-two')).error.name).toBe(
      'NotFoundError',
    );
  });

  /** Lets the service call another one, as the template call-service does; and another role, which is to stay. */
  async function letCall() {
    const serviceCatalog = portal.aws.client({
      type: ServiceCatalogClient,
      accountId: '223344556677',
      region: 'us-east-1',
      role: 'provisioner',
    });
    const roleNames = [...portal.estate.roles.values()]
      .filter(({ accountId }) => accountId === '223344556677')
      .map(({ name }) => name);
    const own = roleNames.find(name => /^SC-.*FunctionRole/.test(name));
    for (const [name, role] of [
      ['stock-calls-orders', own],
      ['orders-calls-stock', 'orders'],
    ]) {
      await serviceCatalog.send(
        new ProvisionProductCommand({
          ProductName: 'lattice-service-call',
          ProvisioningArtifactName: '1.0.0',
          ProvisionedProductName: name,
          ProvisioningParameters: [
            { Key: 'RoleName', Value: role },
            {
              Key: 'ServiceArn',
              Value: [...portal.estate.services.values()][0].arn,
            },
          ],
        }),
      );
    }
  }

  it('retires the service', async () => {
    const retire = (values: object) =>
      create(
        { component: 'component:default/stock', confirm: 'stock', ...values },
        'lattice-retire-service',
      );
    const wrong = await retire({ what: 'retire', confirm: 'stocks' });
    expect(wrong.status).toBe('failed');
    expect(wrong.log).toMatch(
      /The name typed is 'stocks', the component is 'stock'. Nothing was removed/,
    );

    await letCall();
    const shown = await retire({ what: 'show' });
    expect(shown).toMatchObject({ status: 'completed' });
    expect(shown.output.text[0].content.split('\n')).toEqual([
      '- **grants** (nothing): No access request is under way or in force',
      '- **calls** (would be done): To remove: stock-calls-orders, which let it call other services',
      expect.stringMatching(
        /^- \*\*product\*\* \(would be done\): To remove: provisioned product stock \(pp-\w+\) of account 223344556677 with all it made$/,
      ),
      '- **repository** (would be done): To archive: stock',
      '- **entities** (would be done): To take out of the catalog: api:default/stock-api, component:default/stock',
    ]);
    expect(portal.serviceNames()).toContain('stock');

    const { status, log, output } = await retire({ what: 'retire' });
    expect({ status, log }).toMatchObject({ status: 'completed' });
    expect(log).toMatch(/Service \(AWS::VpcLattice::Service\) DELETE_COMPLETE/);
    expect(log).not.toMatch(/CREATE_COMPLETE/);
    expect(output.text[0].content).toMatch(
      /calls\*\* \(done\): stock-calls-orders is.*\n.*product\*\* \(done\).*\n.*repository\*\* \(done\): .*lattice-git\/stock is archived\n.*entities\*\* \(done\)/,
    );
    expect(portal.serviceNames()).not.toContain('stock');
    expect(await request('/api/lattice-git/stock')).toContain('archived');
    await until(
      async () => (await entity('component/default/stock')).error?.name,
    );

    const again = await retire({ what: 'retire' });
    expect(again.log).toMatch(
      /The catalog has no component:default\/stock. If it was retired before, that was whole/,
    );
  });
});

async function until(check: () => Promise<unknown>): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await check())) {
    if (Date.now() > end) {
      throw new Error('Waited too long');
    }
    await sleep(100);
  }
}
