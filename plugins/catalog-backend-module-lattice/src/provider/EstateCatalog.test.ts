import { mockServices } from '@backstage/backend-test-utils';
import {
  DefaultNamespaceEntityPolicy,
  EntityPolicies,
  FieldFormatEntityPolicy,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type {
  AccountEstate,
  EstateSnapshot,
  Service,
  ServiceNetwork,
  TargetGroup,
} from '@lattice-portal/plugin-lattice-common';
import { EstateCatalog } from './EstateCatalog';

const shared = '001122334455';
const commerce = '223344556677';
const region = 'us-east-1';

function resource(accountId: string, type: string, name: string) {
  const arn = `arn:aws:vpc-lattice:${region}:${accountId}:${type}/${name}-id`;
  return { arn, id: `${name}-id`, name, accountId, region };
}

const network: ServiceNetwork = {
  ...resource(shared, 'servicenetwork', 'company'),
  authPolicy: { status: 'read' },
};
const targets: TargetGroup = {
  ...resource(commerce, 'targetgroup', 'orders'),
  type: 'LAMBDA',
  targets: [],
};
const orders: Service = {
  ...resource(commerce, 'service', 'orders'),
  tags: { system: 'shop' },
  authPolicy: { status: 'read' },
  listeners: [
    {
      ...{ arn: '', id: '', name: '', protocol: 'HTTPS', port: 443 },
      rules: [
        {
          ...{ id: '', name: '', match: 'default' },
          targetGroups: [
            { targetGroupArn: targets.arn },
            { targetGroupArn: 'arn:aws:not-in-the-estate' },
          ],
        },
      ],
    },
  ],
};
const inventory: Service = {
  ...resource(commerce, 'service', 'inventory'),
  tags: { owner: 'storage' },
  authPolicy: { status: 'unreadable', reason: 'refused' },
  listeners: [],
};

function snapshot(
  accountId: string,
  parts: Partial<AccountEstate> | undefined,
): EstateSnapshot {
  return {
    accountId,
    region,
    owner: `group:default/${accountId === shared ? 'platform' : 'commerce'}`,
    status: parts ? 'fresh' : 'never-read',
    gaps: [],
    estate: parts && {
      accountId,
      region,
      serviceNetworks: [],
      services: [],
      targetGroups: [],
      vpcAssociations: [],
      serviceAssociations: [],
      accessLogSubscriptions: [],
      resourceShares: [],
      vpcs: [],
      roles: [],
      gaps: [],
      ...parts,
    },
  };
}

const serviceAssociations = [
  {
    ...{ arn: '', id: '', accountId: commerce, status: 'ACTIVE' },
    serviceArn: orders.arn,
    serviceNetworkArn: network.arn,
  },
];
const everything = [
  snapshot(shared, { serviceNetworks: [network] }),
  snapshot(commerce, {
    services: [orders, inventory],
    targetGroups: [targets],
    serviceAssociations,
  }),
];

/** The catalog as the providers see it: what each of them provided last. */
async function startCatalog(start: EstateSnapshot[]) {
  let answer: EstateSnapshot[] | Error = start;
  const mutations: string[] = [];
  const provided = new Map<string, Entity[]>();
  const catalog = EstateCatalog.create({
    lattice: {
      getEstate: async () => {
        if (answer instanceof Error) {
          throw answer;
        }
        return { snapshots: answer };
      },
    },
    accounts: [shared, commerce].map(accountId => ({
      accountId,
      regions: [region],
    })),
    appBaseUrl: 'https://portal.example.com/',
    logger: mockServices.logger.mock(),
  });
  for (const provider of catalog.providers) {
    await provider.connect({
      refresh: async () => {},
      applyMutation: async mutation => {
        mutations.push(mutation.type);
        if (mutation.type === 'full') {
          provided.set(
            provider.getProviderName(),
            mutation.entities.map(({ entity }) => entity),
          );
        }
      },
    });
  }
  const entities = () => [...provided.values()].flat();
  return {
    entities,
    refs: () =>
      entities()
        .map(entity => stringifyEntityRef(entity))
        .sort(),
    mutations: () => mutations.length,
    async refresh(next: EstateSnapshot[] | Error = answer) {
      answer = next;
      await catalog.refresh();
    },
  };
}

const allRefs = [
  'resource:default/company',
  'resource:default/inventory',
  'resource:default/orders',
  'resource:default/orders-targets',
];

describe('EstateCatalog', () => {
  it('makes valid entities with their owners and relations', async () => {
    const catalog = await startCatalog(everything);
    await catalog.refresh();
    expect(catalog.refs()).toEqual(allRefs);

    const policy = EntityPolicies.allOf([
      new SchemaValidEntityPolicy(),
      new DefaultNamespaceEntityPolicy(),
      new FieldFormatEntityPolicy(),
    ]);
    for (const entity of catalog.entities()) {
      await policy.enforce(entity);
      expect(await resourceEntityV1alpha1Validator.check(entity)).toBe(true);
    }
    const byName = new Map(
      catalog.entities().map(entity => [entity.metadata.name, entity]),
    );
    expect(byName.get('orders')).toMatchObject({
      metadata: {
        title: 'orders',
        annotations: {
          'aws.amazon.com/arn': orders.arn,
          'aws.amazon.com/account-id': commerce,
          'aws.amazon.com/region': region,
          'lattice-portal.io/service-id': 'orders-id',
        },
        links: [
          {
            url: 'https://portal.example.com/lattice/map?service=orders-id',
            title: 'Service map',
          },
        ],
      },
      spec: {
        type: 'vpc-lattice-service',
        owner: 'group:default/commerce',
        system: 'shop',
        dependsOn: [
          'resource:default/company',
          'resource:default/orders-targets',
        ],
      },
    });
    expect(byName.get('inventory')?.spec?.owner).toBe('group:default/storage');
    expect(byName.get('company')?.spec).toMatchObject({
      type: 'vpc-lattice-service-network',
      owner: 'group:default/platform',
    });
    expect(byName.get('orders-targets')?.spec?.type).toBe(
      'vpc-lattice-target-group',
    );
  });

  it('follows what is gone, and does nothing where nothing changed', async () => {
    const catalog = await startCatalog(everything);
    await catalog.refresh();
    const before = catalog.mutations();
    await catalog.refresh();
    expect(catalog.mutations()).toBe(before);

    await catalog.refresh([everything[0], snapshot(commerce, {})]);
    expect(catalog.refs()).toEqual(['resource:default/company']);
  });

  it.each<[string, EstateSnapshot[] | Error]>([
    ['the back end does not answer', new Error('no connection')],
    [
      'an account was never read',
      [everything[0], snapshot(commerce, undefined)],
    ],
    ['an account is missing', [everything[0]]],
    [
      'services and target groups could not be listed',
      [
        everything[0],
        snapshot(commerce, {
          gaps: [
            { part: 'services', reason: 'refused' },
            { part: 'targetGroups', reason: 'refused' },
          ],
        }),
      ],
    ],
  ])('keeps all entities while %s', async (_, answer) => {
    const catalog = await startCatalog(everything);
    await catalog.refresh();
    await catalog.refresh(answer);
    expect(catalog.refs()).toEqual(allRefs);
  });

  it('provides a network of a foreign account once', async () => {
    const foreign: ServiceNetwork = {
      ...resource('999988887777', 'servicenetwork', 'partner'),
      authPolicy: { status: 'unreadable', reason: 'foreign' },
    };
    const parts = { serviceNetworks: [foreign] };
    const catalog = await startCatalog([
      snapshot(shared, parts),
      snapshot(commerce, parts),
    ]);
    await catalog.refresh();
    expect(catalog.refs()).toEqual(['resource:default/partner']);
    expect(catalog.entities()[0].spec?.owner).toBe('group:default/unknown');
  });
});
