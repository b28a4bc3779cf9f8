import {
  GetAuthPolicyCommand,
  GetServiceCommand,
  ListAccessLogSubscriptionsCommand,
  ListListenersCommand,
  ListRulesCommand,
  GetRuleCommand,
  ListTagsForResourceCommand,
  ListTargetGroupsCommand,
  ListTargetsCommand,
} from '@aws-sdk/client-vpc-lattice';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { stockFiles } from './__testUtils__/stockFiles';
import {
  type ClusterTest,
  startClusterTest,
} from './__testUtils__/startClusterTest';

describe('clusters', () => {
  jest.setTimeout(60_000);
  let test: ClusterTest;
  beforeEach(async () => {
    test = await startClusterTest();
    await test.makeLogGroup();
  });
  afterEach(() => test.stop());

  const isProgrammed = (name = 'stock') =>
    test
      .conditions('HTTPRoute', name)
      .some(text => text.startsWith('Programmed=True'));
  const ofCommerce = () => ({
    services: test.estate.services
      .filter(({ accountId }) => accountId === '223344556677')
      .map(({ name }) => name)
      .sort(),
    targetGroups: test.estate.targetGroups
      .filter(({ accountId }) => accountId === '223344556677')
      .map(({ name }) => name.replace(/-[a-z]{10}$/, '-x'))
      .sort(),
    listeners: test.estate.listeners.size,
    rules: test.estate.rules.size,
    associations: test.estate.serviceAssociations.size,
    subscriptions: test.estate.accessLogSubscriptions.size,
    policies: test.estate.authPolicies.size,
    pods: test.estate.pods.size,
    applied: test.estate.appliedAuthPolicies.size,
    objects: test.estate.kubernetesObjects.size,
  });

  it('makes a service from a repository, and takes it away with it', async () => {
    const before = ofCommerce();
    await test.write(stockFiles());
    await test.until(() => isProgrammed());

    const lattice = test.lattice();
    const { arn, id } = test.service()!;
    const service = await lattice.send(
      new GetServiceCommand({ serviceIdentifier: id }),
    );
    expect(service).toMatchObject({ name: 'stock', authType: 'AWS_IAM' });
    const vpc = test.estate.eksClusters.values()[0].vpcId;
    const { tags } = await lattice.send(
      new ListTagsForResourceCommand({ resourceArn: arn }),
    );
    expect(tags).toEqual({
      'application-networking.k8s.aws/ManagedBy': `223344556677/commerce/${vpc}`,
      'application-networking.k8s.aws/RouteName': 'stock',
      'application-networking.k8s.aws/RouteNamespace': 'stock',
      'application-networking.k8s.aws/RouteType': 'http',
      component: 'stock',
      owner: 'group:commerce',
    });
    const listeners = await lattice.send(
      new ListListenersCommand({ serviceIdentifier: id }),
    );
    expect(listeners.items).toEqual([
      expect.objectContaining({
        name: 'stock-stock-443-https',
        protocol: 'HTTPS',
        port: 443,
      }),
    ]);
    const { items: groups } = await lattice.send(new ListTargetGroupsCommand());
    const group = groups!.find(({ name }) => name!.startsWith('k8s-stock-'));
    expect(group).toMatchObject({
      type: 'IP',
      protocol: 'HTTP',
      port: 80,
      serviceArns: [arn],
    });
    const targets = async () =>
      (
        await lattice.send(
          new ListTargetsCommand({ targetGroupIdentifier: group!.id }),
        )
      ).items!.map(({ port, status }) => `${port} ${status}`);
    await test.until(async () =>
      (await targets()).every(text => text === '8080 HEALTHY'),
    );
    expect(await targets()).toHaveLength(2);
    expect(
      (
        await lattice.send(
          new ListAccessLogSubscriptionsCommand({ resourceIdentifier: id }),
        )
      ).items,
    ).toHaveLength(1);
    expect(
      (await lattice.send(new GetAuthPolicyCommand({ resourceIdentifier: id })))
        .state,
    ).toBe('Active');

    expect(await test.call()).toEqual({
      status: 200,
      body: {
        answer: 'Hello from stock',
        path: '/items/1',
        identity: expect.stringContaining('role/public-proxy'),
      },
    });
    expect(await test.call({ role: 'edge-canary' })).toMatchObject({
      status: 403,
    });
    expect(test.conditions('Gateway', 'company')).toEqual([
      'Accepted=True Accepted: ',
      expect.stringMatching(
        /^Programmed=True Programmed: aws-service-network-arn: arn:/,
      ),
    ]);
    expect(
      test.estate.trailEvents
        .filter(({ principalArn }) =>
          principalArn.includes('assumed-role/gateway-api-controller/'),
        )
        .map(({ name }) => name),
    ).toEqual([
      'CreateTargetGroup',
      'RegisterTargets',
      'CreateService',
      'CreateServiceNetworkServiceAssociation',
      'CreateListener',
      'CreateRule',
      'PutAuthPolicy',
      'UpdateService',
      'CreateAccessLogSubscription',
    ]);

    rmSync(join(test.repositories, 'stock.git'), { recursive: true });
    await test.until(() => !test.service() && test.estate.pods.size === 0);
    await test.until(
      () => JSON.stringify(ofCommerce()) === JSON.stringify(before),
    );
  });

  it('follows what is committed', async () => {
    await test.write(stockFiles({ delivery: 'flux' }));
    await test.until(() => isProgrammed());
    await test.until(async () => (await test.call()).status === 200);
    const addresses = () => test.estate.pods.values().map(pod => pod.address);
    const first = addresses();

    const other = 'arn:aws:iam::667788990011:role/batch-export';
    await test.write(stockFiles({ delivery: 'flux', caller: other }));
    await test.until(async () => (await test.call()).status === 403);
    // A policy is no reason for other pods.
    expect(addresses()).toEqual(first);

    await test.write(
      stockFiles({
        delivery: 'flux',
        answer: 'Second version',
        replicas: 3,
        rules: `
    - matches: [{ path: { type: Exact, value: /only } }]
      backendRefs: [{ name: stock, port: 8080 }]
    - matches:
        - path: { type: PathPrefix, value: /items }
          method: GET
          headers: [{ name: x-tenant, value: a }]
      backendRefs: [{ name: stock, port: 8080, weight: 7 }]
`,
      }),
    );
    await test.until(
      () => test.estate.pods.size === 3 && !addresses().includes(first[0]),
    );
    await test.until(
      async () =>
        (await test.call({ headers: { 'x-tenant': 'a' } })).body.answer ===
        'Second version',
    );
    expect(await test.call()).toMatchObject({ status: 404 });
    const lattice = test.lattice();
    const { id } = test.service()!;
    const { items: listeners } = await lattice.send(
      new ListListenersCommand({ serviceIdentifier: id }),
    );
    const place = {
      serviceIdentifier: id,
      listenerIdentifier: listeners![0].id,
    };
    const { items: rules } = await lattice.send(new ListRulesCommand(place));
    const full = await Promise.all(
      rules!
        .filter(({ isDefault }) => !isDefault)
        .map(rule =>
          lattice.send(
            new GetRuleCommand({ ...place, ruleIdentifier: rule.id }),
          ),
        ),
    );
    expect(
      full
        .map(({ priority, match, action }) => ({
          priority,
          match: match!.httpMatch,
          weight: action!.forward!.targetGroups![0].weight,
        }))
        .sort((a, b) => a.priority! - b.priority!),
    ).toEqual([
      {
        priority: 1,
        match: { pathMatch: { match: { exact: '/only' } } },
        weight: 1,
      },
      {
        priority: 2,
        match: {
          method: 'GET',
          pathMatch: { match: { prefix: '/items' } },
          headerMatches: [{ name: 'x-tenant', match: { exact: 'a' } }],
        },
        weight: 7,
      },
    ]);
  });

  it('spreads requests over the pods of several clusters', async () => {
    await test.write(
      stockFiles({ clusters: ['commerce', 'commerce-next'], replicas: 1 }),
    );
    await test.until(() => isProgrammed());
    const [rule] = test.estate.rules.filter(
      ({ serviceArn }) => serviceArn === test.service()!.arn,
    );
    const groups = (rule.action as any).forward.targetGroups.map(
      (item: any) => test.estate.targetGroups.get(item.targetGroupIdentifier)!,
    );
    expect(
      groups.map((group: any) => [
        group.tags['application-networking.k8s.aws/ClusterName'],
        group.tags['application-networking.k8s.aws/SourceTypeKey'],
        group.config.port,
        group.targets.length,
      ]),
    ).toEqual([
      ['commerce', 'HTTPRoute', 80, 1],
      ['commerce-next', 'ServiceExport', 8080, 1],
    ]);
    await test.until(async () => (await test.call()).status === 200);
    rmSync(join(test.repositories, 'stock.git'), { recursive: true });
    await test.until(
      () =>
        !test.service() &&
        !test.estate.targetGroups.find(({ name }) => name.startsWith('k8s-')),
    );
  });

  it('goes on after a restart, and takes away what went meanwhile', async () => {
    await test.write(stockFiles());
    await test.until(() => isProgrammed());
    const { arn } = test.service()!;
    await test.restart();
    await test.until(async () => (await test.call()).status === 200);
    expect(test.service()!.arn).toBe(arn);
    await test.write(
      stockFiles({
        files: {
          'clusters/commerce/kustomization.yaml':
            'resources: [namespace.yaml]\n',
          'clusters/commerce/namespace.yaml':
            'apiVersion: v1\nkind: Namespace\nmetadata: { name: stock }\n',
        },
      }),
    );
    await test.restart();
    await test.until(() => !test.service() && test.estate.pods.size === 0);
    expect(
      test.estate.kubernetesObjects
        .values()
        .map(({ manifest: { kind } }) => kind),
    ).toEqual(['Namespace']);
  });

  it.each([
    ['TargetGroup', () => test.estate.targetGroups.size],
    ['Service', () => test.estate.services.size],
    ['Listener', () => test.estate.listeners.size],
    ['policy', () => test.estate.appliedAuthPolicies.size],
  ])('goes on where a kill cut it off, at the first %s', async (_, count) => {
    const before = ofCommerce();
    const untilItChanges = async (from: number) => {
      while (count() === from) {
        await new Promise(resolve => setImmediate(resolve));
      }
      await test.kill();
    };
    const first = count();
    await test.write(stockFiles());
    await untilItChanges(first);
    await test.until(() => isProgrammed());
    await test.until(async () => (await test.call()).status === 200);
    expect(await test.call({ role: 'edge-canary' })).toMatchObject({
      status: 403,
    });
    expect(ofCommerce()).toMatchObject({
      services: [...before.services, 'stock'].sort(),
      targetGroups: [...before.targetGroups, 'k8s-stock-stock-x'].sort(),
      listeners: before.listeners + 1,
      rules: before.rules + 1,
      associations: before.associations + 1,
      subscriptions: before.subscriptions + 1,
      policies: before.policies + 1,
    });
    const second = count();
    rmSync(join(test.repositories, 'stock.git'), { recursive: true });
    await untilItChanges(second);
    await test.until(
      () => JSON.stringify(ofCommerce()) === JSON.stringify(before),
    );
  });

  it('tries again what failed, and leaves nothing half-made', async () => {
    test.sandbox.fail({
      service: 'vpc-lattice',
      operation: 'CreateRule',
      code: 'ServiceQuotaExceededException',
      message: 'There may be no more rules',
      times: 1,
    });
    await test.write(stockFiles());
    await test.until(() =>
      test
        .conditions('HTTPRoute', 'stock')
        .some(text => text.includes('There may be no more rules')),
    );
    expect(test.service()).toBeUndefined();
    await test.until(
      () =>
        !test.estate.targetGroups.find(({ name }) => name.startsWith('k8s-')),
      500,
    );
    await test.until(() => isProgrammed());
  });

  it.each([
    [
      'a route without its Service',
      { rules: '\n    - backendRefs: [{ name: stok, port: 8080 }]\n' },
      'HTTPRoute',
      'ResolvedRefs=False BackendNotFound: backendRef name: stok',
    ],
    [
      'two matches in a rule',
      {
        rules: `
    - matches: [{ path: { value: /a } }, { path: { value: /b } }]
      backendRefs: [{ name: stock, port: 8080 }]
`,
      },
      'HTTPRoute',
      'Accepted=False UnsupportedValue: a rule has several matches, and a rule of VPC Lattice has one: write a rule for each',
    ],
    [
      'a query parameter',
      {
        rules: `
    - matches: [{ queryParams: [{ name: a, value: b }] }]
      backendRefs: [{ name: stock, port: 8080 }]
`,
      },
      'HTTPRoute',
      'Accepted=False UnsupportedValue: VPC Lattice matches no query parameters',
    ],
  ])('tells what is wrong with %s', async (_, options, kind, expected) => {
    await test.write(stockFiles(options));
    await test.until(() => test.conditions(kind, 'stock').includes(expected));
    expect(test.service()).toBeUndefined();
    // What was wrong is mended by the next commit.
    await test.write(stockFiles());
    await test.until(() => isProgrammed());
  });

  it('joins the VPC by a policy, and lets it go; an auth policy that goes lets everybody in', async () => {
    const { vpcId } = test.estate.eksClusters.values()[0];
    const ofVpc = () =>
      test.estate.vpcAssociations.filter(item => item.vpcId === vpcId);
    const group = test.estate.securityGroups.find(
      ({ name }) => name === 'commerce-to-company',
    )!;
    const withPolicy = stockFiles();
    withPolicy['deploy/lattice/lattice.yaml'] += `---
apiVersion: application-networking.k8s.aws/v1alpha1
kind: VpcAssociationPolicy
metadata: { name: stock, namespace: stock }
spec:
  targetRef: { group: gateway.networking.k8s.io, kind: Gateway, name: company }
  securityGroupIds: [${group.id}]
`;
    // What is there already, with another account's network, is not the controller's.
    const [existing] = ofVpc();
    await test.write(withPolicy);
    await test.until(() => isProgrammed());
    expect(ofVpc()).toEqual([existing]);
    test.estate.vpcAssociations.delete(existing.arn);
    await test.write({ ...withPolicy, 'README.md': 'Again' });
    await test.restart();
    await test.until(() => ofVpc().length === 1);
    expect(ofVpc()[0]).toMatchObject({
      securityGroupIds: [group.id],
      tags: {
        'application-networking.k8s.aws/ManagedBy': `223344556677/commerce/${vpcId}`,
      },
    });

    const open = stockFiles();
    open['deploy/lattice/lattice.yaml'] = open['deploy/lattice/lattice.yaml']
      .split('---\n')
      .filter(text => !text.includes('IAMAuthPolicy'))
      .join('---\n');
    await test.write(open);
    await test.until(() => ofVpc().length === 0);
    await test.until(() => test.service()!.authType === 'NONE');
    expect(test.estate.authPolicies.has(test.service()!.arn)).toBe(false);
  });

  it('waits for a service network that is not there', async () => {
    const files = stockFiles();
    const file = 'deploy/lattice/lattice.yaml';
    files[file] = files[file].replaceAll('name: company', 'name: comapny');
    await test.write(files);
    const missing = 'VPC Lattice Service Network comapny not found';
    await test.until(() =>
      test
        .conditions('Gateway', 'comapny')
        .includes(`Programmed=False Pending: ${missing}`),
    );
    expect(test.conditions('HTTPRoute', 'stock')).toContain(
      `Programmed=False FailedDeployModel: ${missing}`,
    );
    expect(test.service()).toBeUndefined();
  });

  it('keeps its hands off what another controller made', async () => {
    await test.write(stockFiles());
    await test.until(() => isProgrammed());
    const rival = Object.fromEntries(
      Object.entries(stockFiles({ clusters: ['commerce-next'] })).map(
        ([path, text]) => [path, text.replaceAll('stock.git', 'rival.git')],
      ),
    );
    await test.write(rival, 'rival');
    await test.until(() =>
      test
        .conditions('HTTPRoute', 'stock', 'commerce-next')
        .some(text => /^Accepted=False Conflicted: Found existing/.test(text)),
    );
    expect((await test.call()).status).toBe(200);
    rmSync(join(test.repositories, 'rival.git'), { recursive: true });
    await test.until(
      () => test.conditions('HTTPRoute', 'stock', 'commerce-next').length === 0,
    );
    expect((await test.call()).status).toBe(200);
  });

  it('delivers a commit whole or not at all', async () => {
    await test.write(stockFiles());
    await test.until(() => isProgrammed());
    const bad = stockFiles({ caller: 'arn:aws:iam::667788990011:role/other' });
    await test.write({
      ...bad,
      'deploy/lattice/kustomization.yaml':
        'resources: [lattice.yaml]\npatches: []\n',
    });
    await test.until(() =>
      test.estate.deliveries
        .values()
        .some(({ problem }) => problem?.includes('uses patches')),
    );
    expect((await test.call()).status).toBe(200);
  });
});
