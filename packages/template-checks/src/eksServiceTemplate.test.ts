import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { parse } from 'yaml';
import { buildRepository } from './__testUtils__/buildRepository';
import {
  collectOverlay,
  looseEnds,
  problemsOf,
  readManifests,
} from './__testUtils__/checkRepository';
import { productParameterProblems } from './__testUtils__/productParameterProblems';
import {
  RenderedTemplate,
  startTemplateRenderer,
  templateFolder,
} from './__testUtils__/startTemplateRenderer';

const folder = templateFolder('eks-service');
const callers = [
  'arn:aws:iam::445566778899:role/public-proxy',
  'arn:aws:iam::667788990011:role/team/batch-export',
];

const asked = {
  name: 'stock',
  description: 'Says "what" is in stock: all of it',
  owner: 'group:default/commerce',
  account: '223344556677',
  network:
    'arn:aws:vpc-lattice:us-east-1:001122334455:servicenetwork/sn-0123456789abcdef0',
  networkName: 'company',
  cloneUrl: 'https://github.com/example/stock.git',
};
const access = { callers, methods: ['GET', 'POST'], path: '/items/*' };
const ownPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Own',
      Effect: 'Allow',
      Principal: { AWS: callers[0] },
      Action: 'vpc-lattice-svcs:Invoke',
      Resource: '*',
      Condition: { StringLike: { 'vpc-lattice-svcs:RequestPath': '/a: #*' } },
    },
  ],
});
const routes: Record<string, object> = {
  http: { route: 'http', access },
  grpc: {
    route: 'grpc',
    access: { callers, methods: ['POST'], path: '/service.v1.Greeter/*' },
  },
  tls: { route: 'tls', customDomainName: 'stock.internal.example.com' },
};
const everything = {
  system: 'system:default/shop',
  replicas: 5,
  calledServices: [
    'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0123456789abcdef0',
    'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0123456789abcdef1',
  ],
  targetSecurityGroup: 'sg-0123456789abcdef0',
  prefixList: 'pl-0123456789abcdef0',
  associationSecurityGroups: ['sg-0123456789abcdef1', 'sg-0123456789abcdef2'],
  accessLogBucketArn: 'arn:aws:s3:::sc-logs',
  logRetentionDays: 90,
  alarmTopicArn: 'arn:aws:sns:us-east-1:223344556677:alarms',
  dashboard: true,
};
const certificate = {
  customDomainName: 'stock.internal.example.com',
  certificateArn:
    'arn:aws:acm:us-east-1:223344556677:certificate/12345678-1234-1234-1234-123456789012',
};

const matrix: [string, Record<string, any>][] = [];
for (const route of Object.keys(routes)) {
  for (const delivery of ['argocd', 'flux']) {
    for (const clusters of [['blue'], ['blue', 'green'], ['a', 'b-2', 'c']]) {
      for (const [extent, more] of [
        ['the least', {}],
        ['everything', everything],
      ] as const) {
        matrix.push([
          `${route}, ${delivery}, ${clusters.length} clusters, ${extent}`,
          { ...asked, ...routes[route], ...more, delivery, clusters },
        ]);
      }
    }
  }
}
const simple = { ...asked, delivery: 'argocd', clusters: ['blue'] };
const withAccess = (changes: object) => ({
  ...simple,
  ...routes.http,
  access: { ...access, ...changes },
});
matrix.push(
  ['http with a name', { ...simple, ...routes.http, ...certificate }],
  ['grpc with a name', { ...simple, ...routes.grpc, ...certificate }],
  ['one caller', withAccess({ callers: [callers[0]] })],
  ['every path', withAccess({ path: '/*' })],
  ['one path', withAccess({ path: '/items/_1.~-' })],
  ['the root alone', withAccess({ path: '/' })],
  ['a whole policy', withAccess({ document: ownPolicy })],
  [
    'answers left from another route',
    { ...simple, ...routes.tls, access: { ...access, document: ownPolicy } },
  ],
  [
    'the longest names',
    {
      ...simple,
      ...routes.http,
      name: 's'.repeat(40),
      networkName: 'n'.repeat(63),
      clusters: ['c'.repeat(63), 'd'.repeat(63)],
    },
  ],
);

describe('the template eks-service', () => {
  jest.setTimeout(180_000);
  let renderer: Awaited<ReturnType<typeof startTemplateRenderer>>;
  let product: any;

  beforeAll(async () => {
    renderer = await startTemplateRenderer();
    product = await readFile(join(folder, 'product/template.yaml'), 'utf8');
  });
  afterAll(() => renderer.stop());

  const overlays = ({ files }: RenderedTemplate, values: Record<string, any>) =>
    (values.clusters as string[]).map(cluster => ({
      cluster,
      ...collectOverlay(files, `clusters/${cluster}`),
    }));

  it.each(matrix)('writes what a cluster accepts: %s', async (_, values) => {
    const rendered = await renderer.render(folder, values);
    const { files, products } = rendered;
    expect(
      Object.keys(files).filter(path =>
        /\$\{\{(?! (github|secrets))|\{%/.test(files[path]),
      ),
    ).toEqual([]);

    const clusters = overlays(rendered, values);
    for (const { manifests, problems } of clusters) {
      expect(problems).toEqual([]);
      expect(manifests.flatMap(problemsOf)).toEqual([]);
      expect(looseEnds(manifests)).toEqual([]);
    }
    // Nothing lies about that no cluster holds.
    const used = clusters.flatMap(cluster => cluster.used);
    expect(
      Object.keys(files).filter(
        path => /^(deploy|clusters)\//.test(path) && !used.includes(path),
      ),
    ).toEqual([]);

    // What one cluster imports, another exports.
    const [entry, ...others] = clusters;
    const names = (manifests: any[], kind: string) =>
      manifests
        .filter(manifest => manifest.kind === kind)
        .map(manifest => manifest.metadata.name);
    expect(names(entry.manifests, 'ServiceImport')).toEqual(
      others.flatMap(({ manifests }) => names(manifests, 'ServiceExport')),
    );
    expect(
      others.flatMap(({ manifests }) =>
        manifests.filter(({ kind }) => /Route$|Gateway/.test(kind)),
      ),
    ).toEqual([]);

    const delivery = Object.keys(files).filter(path =>
      path.startsWith(`${values.delivery}/`),
    );
    expect(delivery.length).toBeGreaterThanOrEqual(values.clusters.length);
    for (const path of delivery) {
      expect(readManifests(files[path]).flatMap(problemsOf)).toEqual([]);
    }
    for (const path of Object.keys(files).filter(each =>
      /\.ya?ml$/.test(each),
    )) {
      expect(() => readManifests(files[path])).not.toThrow();
    }
    expect(JSON.parse(files['package.json']).description).toBe(
      values.description,
    );

    expect(products).toHaveLength(1);
    expect(
      productParameterProblems(
        parse(product, { logLevel: 'silent' }),
        products[0].parameters,
      ),
    ).toEqual([]);
  });

  it.each<[string, object]>([
    ...Object.entries(routes),
    ['http with a whole policy', withAccess({ document: ownPolicy })],
    ['http at the root', withAccess({ path: '/' })],
  ])(
    'writes a service that builds and passes its tests: %s',
    async (_, answers) => {
      const { files } = await renderer.render(folder, {
        ...simple,
        ...answers,
      });
      const tests = Object.keys(files).filter(path =>
        path.endsWith('.test.ts'),
      );
      expect(tests.length).toBeGreaterThanOrEqual(2);
      const directory = createMockDirectory();
      expect(
        await buildRepository(files, directory.resolve('.')),
      ).toBeGreaterThanOrEqual(tests.length);
    },
  );

  it('delivers the policy that it tests, and none where nobody signs', async () => {
    const { files } = await renderer.render(folder, {
      ...simple,
      ...routes.http,
    });
    const [{ spec }] = readManifests(
      files['deploy/lattice/iam-auth-policy.yaml'],
    );
    expect(JSON.parse(spec.policy)).toEqual(
      JSON.parse(files['auth-policy.json']),
    );
    expect(JSON.parse(spec.policy).Statement).toEqual([
      {
        Sid: 'AllowChosenCallers',
        Effect: 'Allow',
        Principal: { AWS: callers },
        Action: 'vpc-lattice-svcs:Invoke',
        Resource:
          'arn:aws:vpc-lattice:us-east-1:223344556677:service/*/items/*',
        Condition: {
          StringEquals: {
            'vpc-lattice-svcs:ServiceNetworkArn': asked.network,
            'vpc-lattice-svcs:RequestMethod': ['GET', 'POST'],
          },
          StringNotEquals: { 'aws:PrincipalType': 'Anonymous' },
        },
      },
    ]);

    const own = await renderer.render(
      folder,
      withAccess({ document: ownPolicy }),
    );
    const [manifest] = readManifests(
      own.files['deploy/lattice/iam-auth-policy.yaml'],
    );
    expect(manifest.spec.policy).toBe(ownPolicy);

    const tls = await renderer.render(folder, { ...simple, ...routes.tls });
    expect(
      Object.keys(tls.files).filter(path =>
        /policy\.(json|test)|auth/.test(path),
      ),
    ).toEqual([]);
  });

  it.each([
    ['no cluster', { clusters: [] }, 'clusters'],
    ['four clusters', { clusters: ['a', 'b', 'c', 'd'] }, 'clusters'],
    ['a cluster in capitals', { clusters: ['Blue'] }, 'clusters'],
    [
      'the id of a network for its name',
      { networkName: 'sn-0123' },
      'networkName',
    ],
    ['a path that is none', { access: { ...access, path: 'items' } }, 'path'],
    ['no callers', { access: { ...access, callers: [] } }, 'callers'],
    ['no host name for TLS', { route: 'tls' }, 'customDomainName'],
  ])('takes no form with %s', async (_, wrong, field) => {
    await expect(
      renderer.render(folder, { ...simple, ...routes.http, ...wrong }),
    ).rejects.toThrow(field);
  });
});
