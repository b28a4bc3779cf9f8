import type { Entity } from '@backstage/catalog-model';
import type { AccessRequest } from '@lattice-portal/plugin-lattice-common';
import { checkSameOwner } from './retireProduct';
import {
  findGrants,
  isAboutNetwork,
  isAboutService,
  revokeGrants,
} from './revokeGrants';
import { retireWorkload } from './service/retireWorkload';
import { serviceToRetire } from './service/ServiceToRetire';
import { withoutWorkload } from './service/withoutWorkload';

const serviceArn =
  'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0123456789abcdef0';
const roleArn = 'arn:aws:iam::223344556677:role/stock-Function';

function request(changes: Partial<AccessRequest>): AccessRequest {
  return {
    id: 'one',
    status: 'verified',
    callerId: 'arn:aws:iam::445566778899:role/public-proxy',
    serviceArn,
    serviceName: 'stock',
    methods: ['GET'],
    paths: ['/*'],
    reason: 'Needed',
    requestedBy: 'user:default/ada',
    createdAt: '2026-01-01T00:00:00.000Z',
    changes: [],
    effect: { from: '', to: '', newlyAllowed: [], stillDenied: 0, unknown: [] },
    events: [],
    permitted: ['revoke', 'refuse', 'withdraw'],
    ...changes,
  };
}

function latticeWith(items: AccessRequest[]) {
  const acts: string[] = [];
  return {
    acts,
    listAccessRequests: async () => ({ items }),
    actOnAccessRequest: async ({ id, action }: any) => {
      acts.push(`${action} ${id}`);
      if (id === 'last-statement') {
        throw new Error('is the only one in the policy');
      }
      return request({ id });
    },
  };
}

describe('grants of a service that is retired', () => {
  const place = {
    accountId: '223344556677',
    region: 'us-east-1',
    serviceName: 'stock',
  };

  it('are those to it and to its roles, under way or in force', async () => {
    const lattice = latticeWith([
      request({ id: 'to-it' }),
      request({ id: 'ended', status: 'revoked' }),
      request({ id: 'other', serviceArn: `${serviceArn}1` }),
      request({ id: 'of-its-role', serviceArn: 'x', callerId: roleArn }),
    ]);
    const find = async (arn: string | undefined, roleArns: string[]) =>
      (
        await findGrants({
          lattice,
          isAbout: isAboutService({ serviceArn: arn, roleArns, place }),
        })
      ).map(({ id }) => id);
    expect(await find(serviceArn, [roleArn])).toEqual(['to-it', 'of-its-role']);
    // The service is gone already: name and place tell.
    expect(await find(undefined, [])).toEqual(['to-it', 'other']);
  });

  it('of a network are those that changed its policy', async () => {
    const networkArn =
      'arn:aws:vpc-lattice:us-east-1:001122334455:servicenetwork/sn-1';
    const change = {
      layer: 'network' as const,
      resourceArn: networkArn,
      resourceName: 'company',
      statement: { Sid: 'x', Effect: 'Allow' as const },
      after: '',
      charactersLeft: 0,
    };
    const lattice = latticeWith([
      request({ id: 'service-only' }),
      request({ id: 'network-too', changes: [change] }),
      request({ id: 'ended', status: 'expired', changes: [change] }),
    ]);
    const found = await findGrants({
      lattice,
      isAbout: isAboutNetwork(networkArn),
    });
    expect(found.map(({ id }) => id)).toEqual(['network-too']);
  });

  it('are ended as each can be, and what is left is told', async () => {
    const grants = [
      request({ id: 'in-force' }),
      request({ id: 'pending', status: 'pending' }),
      request({ id: 'asked', status: 'pending', permitted: ['withdraw'] }),
      request({ id: 'void', status: 'void' }),
      request({ id: 'foreign', permitted: [] }),
      request({ id: 'last-statement' }),
    ];
    const lattice = latticeWith(grants);
    const { step, left } = await revokeGrants({
      lattice,
      grants,
      comment: 'The service is retired',
      log: () => {},
    });
    expect(lattice.acts).toEqual([
      'revoke in-force',
      'refuse pending',
      'withdraw asked',
      'withdraw void',
      'revoke last-statement',
    ]);
    expect(left.map(({ id }) => id)).toEqual(['foreign', 'last-statement']);
    expect(step).toMatchObject({
      result: 'left',
      message: expect.stringMatching(
        /foreign of .* to stock \(.*for others to end.*\); last-statement of .*the only one/,
      ),
    });
  });
});

describe('serviceToRetire', () => {
  const entity: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'stock',
      annotations: {
        'lattice-portal.io/service-name': 'stock-service',
        'backstage.io/managed-by-location': 'url:https://x/stock',
      },
    },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/commerce' }],
  };
  const resource: Entity = {
    ...entity,
    kind: 'Resource',
    metadata: {
      name: 'stock',
      annotations: {
        'aws.amazon.com/account-id': '223344556677',
        'aws.amazon.com/region': 'us-east-1',
      },
    },
  };

  it('takes the place from what the component depends on', () => {
    expect(serviceToRetire({ entity, dependencies: [resource] })).toEqual({
      entityRef: 'component:default/stock',
      name: 'stock-service',
      owner: 'group:default/commerce',
      accountId: '223344556677',
      region: 'us-east-1',
      sourceUrls: ['https://x/stock'],
    });
  });

  it('says what is missing', () => {
    const dependencies = [resource];
    expect(() => serviceToRetire({ entity, dependencies: [] })).toThrow(
      /doesn't tell in which account and region component:default\/stock is. Give account and region/,
    );
    const nobodys = { ...entity, relations: [] };
    expect(() => serviceToRetire({ entity: nobodys, dependencies })).toThrow(
      /has no owner/,
    );
  });
});

describe('checkSameOwner', () => {
  const product = {
    id: 'pp-1',
    name: 'stock',
    status: 'AVAILABLE',
    productId: 'prod-1',
    artifactId: 'pa-1',
    outputs: {},
  };

  const check = (owner: string | undefined) => () =>
    checkSameOwner({
      product: { ...product, origin: { owner } },
      owner: 'group:default/commerce',
    });

  it.each(['commerce', 'group:default/commerce'])(
    'lets the owner of %s retire it',
    owner => {
      expect(check(owner)).not.toThrow();
    },
  );

  it.each(['group:default/checkout', undefined])(
    'refuses a product of %s',
    owner => {
      expect(check(owner)).toThrow(/Only a platform group can retire it/);
    },
  );
});

describe('what clusters hold', () => {
  it('is the namespace alone in the end', () => {
    const files = withoutWorkload({
      clusters: ['a', 'b'],
      namespace: 'kind: x',
    });
    expect([...files.keys()]).toEqual([
      'clusters/a/kustomization.yaml',
      'clusters/a/namespace.yaml',
      'clusters/b/kustomization.yaml',
      'clusters/b/namespace.yaml',
    ]);
    expect(files.get('clusters/b/namespace.yaml')).toBe('kind: x');
    expect(() =>
      withoutWorkload({ clusters: ['a'], namespace: undefined }),
    ).toThrow(/has no deploy\/app\/namespace.yaml/);
  });

  it('is for people to take out, where the portal does not write the repository', async () => {
    await expect(
      retireWorkload({
        service: { arn: serviceArn, cluster: 'a', tags: {} },
        services: { find: async () => undefined },
        name: 'stock',
        author: { name: 'Ada', email: 'ada@example.com' },
        pollIntervalSeconds: 0,
        log: () => {},
      }),
    ).rejects.toThrow(
      /made by the controller of cluster a.*Take it out of the kustomization of each cluster.*retire stock again/,
    );
  });
});
