import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { loadSync, type MethodDefinition } from '@grpc/proto-loader';
import latticePlugin from '@lattice-portal/plugin-lattice-backend';
import { callGrpc } from '@lattice-portal/sandbox';
import { callService } from './__testUtils__/callService';
import { startProvisioningSandbox } from './__testUtils__/startProvisioningSandbox';
import { startScaffolder, until } from './__testUtils__/startScaffolder';

const proxy = 'arn:aws:iam::445566778899:role/public-proxy';
const route = {
  http: {
    route: 'http',
    access: { callers: [proxy], methods: ['GET', 'POST'], path: '/items/*' },
  },
  grpc: {
    route: 'grpc',
    access: {
      callers: [proxy],
      methods: ['POST'],
      path: '/service.v1.Greeter/*',
    },
  },
  tls: { route: 'tls', customDomainName: 'stock.internal.example.com' },
};

const contract: any = loadSync(
  resolvePackagePath(
    '@lattice-portal/plugin-scaffolder-backend-module-lattice',
    '../../templates/eks-service/skeleton/grpc/proto/service.proto',
  ),
);
/** The method of the contract that the skeleton comes with. */
const greetMethod: MethodDefinition<object, object> =
  contract['service.v1.Greeter'].Greet;
/** https://grpc.io/docs/guides/status-codes */
const PERMISSION_DENIED = 7;

describe('the template eks-service', () => {
  jest.setTimeout(120_000);
  const place = createMockDirectory();
  let portal: Awaited<ReturnType<typeof startProvisioningSandbox>>;
  let scaffolder: Awaited<ReturnType<typeof startScaffolder>>;

  beforeAll(async () => {
    portal = await startProvisioningSandbox({
      repositoriesDirectory: place.resolve('repositories'),
    });
    scaffolder = await startScaffolder({
      directory: place.resolve('.'),
      templateFolders: ['eks-service', 'retire-service'],
      features: [latticePlugin],
    });
  });
  afterAll(async () => {
    await portal?.stop();
  });

  const create = (name: string, values: object) =>
    scaffolder.run('lattice-eks-service', {
      name,
      description: 'Says "what" is in stock: all of it',
      owner: 'group:default/commerce',
      account: '223344556677',
      network: portal.networkArn,
      networkName: 'company',
      clusters: ['commerce'],
      delivery: 'argocd',
      cloneUrl: `https://git.example.com/teams/${name}.git`,
      logRetentionDays: 30,
      ...values,
    });
  const retire = (name: string, what = 'retire') =>
    scaffolder.run('lattice-retire-service', {
      component: `component:default/${name}`,
      confirm: name,
      what,
    });
  const service = (wanted: string) =>
    portal.estate.services.values().find(({ name }) => name === wanted);
  const conditionsOf = (wanted: string) =>
    portal.estate.kubernetesObjects
      .values()
      .filter(({ manifest }) => manifest.metadata.namespace === wanted)
      .flatMap(({ manifest: { kind }, conditions }) =>
        conditions.map(condition => ({ kind, ...condition })),
      );
  /** Waits until the controller has done all that was asked for. */
  const programmed = (name: string) =>
    until(
      () =>
        service(name) &&
        conditionsOf(name).every(({ status }) => status === 'True'),
    );

  /** A role of account edge, in the VPC of it. */
  const asEdge = (role: string) => ({
    url: portal.sandbox.url,
    signer: portal.sandbox.clientConfig({
      accountId: '445566778899',
      roleArn: `arn:aws:iam::445566778899:role/${role}`,
    }),
    sourceVpcId: portal.estate.vpcs.find(({ tags }) => tags.Name === 'edge')!
      .id,
  });

  const call = (name: string, role: string, path = '/items/1') =>
    callService({
      ...asEdge(role),
      host: service(name)!.dnsEntry.domainName,
      path,
    });

  /** Says hello to a service by the contract of the skeleton. */
  async function greet(name: string, role: string, path = greetMethod.path) {
    const { code, details, message } = await callGrpc({
      ...asEdge(role),
      host: service(name)!.dnsEntry.domainName,
      path,
      message: greetMethod.requestSerialize({ name: 'Ada' }),
    });
    return {
      code,
      details,
      answer: message && greetMethod.responseDeserialize(message),
    };
  }

  /** What is left of a service in its account. */
  const remains = (wanted: string) => {
    const { estate } = portal;
    const isOf = ({ name }: { name: string }) =>
      name === wanted ||
      name.startsWith(`k8s-${wanted}`) ||
      name.endsWith(`service-${wanted}`);
    return [
      ...estate.services.values().filter(isOf),
      ...estate.targetGroups.values().filter(isOf),
      ...estate.logGroups.values().filter(isOf),
      ...estate.pods.values().filter(({ namespace }) => namespace === wanted),
      ...estate.otherResources
        .values()
        .filter(({ properties }) =>
          JSON.stringify(properties).includes(wanted),
        ),
    ];
  };

  it.each([
    ['stock', 'argocd', ['commerce']],
    ['shelf', 'flux', ['commerce', 'commerce-next']],
  ])(
    'makes %s by %s in %j, changes and retires it',
    async (name, delivery, clusters) => {
      const values = { ...route.http, delivery, clusters };
      const { status, log } = await create(name, values);
      expect({ status, log }).toMatchObject({ status: 'completed' });
      await programmed(name);
      await until(async () => (await call(name, 'public-proxy')) === 200);
      expect(await call(name, 'edge-canary')).toBe(403);
      expect(await call(name, 'public-proxy', '/elsewhere')).toBe(403);
      expect(portal.estate.pods.size).toBe(2 * clusters.length);
      const subscribed = portal.estate.accessLogSubscriptions
        .values()
        .map(({ resourceArn }) => resourceArn);
      expect(subscribed).toContain(service(name)!.arn);

      const again = await create(name, values);
      expect(again).toMatchObject({ status: 'completed' });
      expect(again.log).toMatch(/\w+ is so already/);

      // Another answer in the form is another commit, and another decision.
      const callers = ['arn:aws:iam::667788990011:role/batch-export'];
      const changed = await create(name, {
        ...values,
        access: { ...route.http.access, callers },
      });
      expect(changed).toMatchObject({ status: 'completed' });
      await until(async () => (await call(name, 'public-proxy')) === 403);

      const ref = `component/default/${name}`;
      await until(async () => (await scaffolder.entity(ref)).kind);
      const shown = await retire(name, 'show');
      expect(shown.output.text[0].content).toContain(
        '- **workload** (would be done): To take out of commerce',
      );
      expect(service(name)).toBeDefined();
      const retired = await retire(name);
      // A failure shows the log.
      expect(`${retired.log}\n${retired.status}`).toMatch(/\ncompleted$/);
      expect(retired.output.text[0].content).toMatch(
        /workload\*\* \(done\): \w+ is out of commerce.*\n.*product\*\* \(done\)/,
      );
      await until(() => remains(name).length === 0);
      await until(async () => (await scaffolder.entity(ref)).error?.name);
    },
  );

  it('makes a service of gRPC that answers the chosen caller and nobody else', async () => {
    const { status, log } = await create('greeter', route.grpc);
    expect({ status, log }).toMatchObject({ status: 'completed' });
    await programmed('greeter');
    await until(
      async () => (await greet('greeter', 'public-proxy')).code === 0,
    );
    await expect(greet('greeter', 'public-proxy')).resolves.toMatchObject({
      answer: {
        message: 'Hello Ada from greeter',
        caller: expect.stringMatching(
          /^arn:aws:sts::445566778899:assumed-role\/public-proxy\//,
        ),
      },
    });
    // No caller that the form doesn't list, and no other service behind the same name.
    const refused = {
      code: PERMISSION_DENIED,
      details: expect.stringContaining('403'),
      answer: undefined,
    };
    await expect(greet('greeter', 'edge-canary')).resolves.toEqual(refused);
    await expect(
      greet('greeter', 'public-proxy', '/service.v1.Keeper/Greet'),
    ).resolves.toEqual(refused);
    const { arn } = service('greeter')!;
    const [rule] = portal.estate.rules
      .values()
      .filter(({ serviceArn }) => serviceArn === arn);
    expect(rule.match.httpMatch).toEqual({
      method: 'POST',
      pathMatch: { match: { prefix: '/service.v1.Greeter/' } },
    });
    const group = portal.estate.targetGroups
      .values()
      .find(({ name }) => name.startsWith('k8s-greeter'));
    expect(group).toMatchObject({
      config: { protocol: 'HTTP', protocolVersion: 'GRPC' },
      targets: [{ port: 8080 }, { port: 8080 }],
    });
  });

  it('makes a service that passes TLS through, whose pods wait for a certificate', async () => {
    const { status, log } = await create('vault', route.tls);
    expect({ status, log }).toMatchObject({ status: 'completed' });
    await programmed('vault');
    const { arn, customDomainName } = service('vault')!;
    expect(customDomainName).toBe('stock.internal.example.com');
    const [listener] = portal.estate.listeners
      .values()
      .filter(({ serviceArn }) => serviceArn === arn);
    expect(listener).toMatchObject({ protocol: 'TLS_PASSTHROUGH', port: 443 });
    const waiting = portal.estate.pods
      .values()
      .flatMap(({ namespace, waiting: why }) =>
        namespace === 'vault' ? [why] : [],
      );
    expect(waiting).toEqual(
      Array(2).fill('secret "vault-certificate" not found'),
    );
  });

  it('leaves nothing when what it needs in AWS can not be made', async () => {
    portal.sandbox.sandbox.fail({
      service: 'iam',
      operation: 'CreateRole',
      code: 'AccessDenied',
      message: 'The launch role may not do this',
      times: 10,
    });
    const { status, log } = await create('bins', route.http);
    expect(status).toBe('failed');
    expect(log).toMatch(/The launch role may not do this/);
    await until(() => remains('bins').length === 0);
    expect(
      portal.estate.deliveries
        .values()
        .filter(({ repository }) => repository === 'bins'),
    ).toEqual([]);
  });
});
