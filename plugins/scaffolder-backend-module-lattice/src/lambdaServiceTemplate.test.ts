import {
  ProvisionProductCommand,
  ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';
import { createMockDirectory } from '@backstage/backend-test-utils';
import latticePlugin from '@lattice-portal/plugin-lattice-backend';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startProvisioningSandbox } from './__testUtils__/startProvisioningSandbox';
import { startScaffolder, until } from './__testUtils__/startScaffolder';

const run = promisify(execFile);

describe('the template lambda-service', () => {
  jest.setTimeout(120_000);
  const place = createMockDirectory();
  let portal: Awaited<ReturnType<typeof startProvisioningSandbox>>;
  let scaffolder: Awaited<ReturnType<typeof startScaffolder>>;

  beforeAll(async () => {
    portal = await startProvisioningSandbox();
    scaffolder = await startScaffolder({
      directory: place.resolve('.'),
      templateFolders: ['lambda-service', 'retire-service'],
      features: [latticePlugin],
    });
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

  const create = (values: object) =>
    scaffolder.run('lattice-lambda-service', values);
  const entity = (ref: string) => scaffolder.entity(ref);

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
    expect(await scaffolder.request('/api/lattice-git/stock')).toContain(
      'openapi.yaml',
    );
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

  it('changes nothing when it is run again with the same answers', async () => {
    const commits = () =>
      run('git', ['-C', place.resolve('repositories/stock.git'), 'log']);
    const before = await commits();
    const { status, log, output } = await create(answers());
    expect({ status, log }).toMatchObject({ status: 'completed' });
    expect(log).toMatch(/Plan: nothing changes/);
    expect(log).toMatch(/stock is so already/);
    expect(log).toMatch(/component:default\/stock is in the catalog already/);
    expect(log).not.toMatch(/CREATE_|UPDATE_|DELETE_/);
    expect(output.links[0].entityRef).toBe('component:default/stock');
    expect(await commits()).toEqual(before);
  });

  it('changes the service when it is run again with others', async () => {
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
      await scaffolder.request(
        '/api/lattice-git/stock/raw/main/auth-policy.json',
      ),
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
    expect(await scaffolder.request('/api/lattice-git')).not.toContain(
      'stock-two',
    );
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
      scaffolder.run('lattice-retire-service', {
        component: 'component:default/stock',
        confirm: 'stock',
        ...values,
      });
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
    expect(await scaffolder.request('/api/lattice-git/stock')).toContain(
      'archived',
    );
    await until(
      async () => (await entity('component/default/stock')).error?.name,
    );

    const again = await retire({ what: 'retire' });
    expect(again.log).toMatch(
      /The catalog has no component:default\/stock. If it was retired before, that was whole/,
    );
  });
});
