import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  catalogProcessingExtensionPoint,
  type DeferredEntity,
  type EntityProvider,
} from '@backstage/plugin-catalog-node';
import module from '.';

const accountId = '001122334455';

/** The lattice back end as far as the module sees it: it answers services only. */
const latticePlugin = createBackendPlugin({
  pluginId: 'lattice',
  register({ registerInit }) {
    registerInit({
      deps: {
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
      },
      async init({ httpAuth, httpRouter }) {
        httpRouter.use(async (request, response, next) => {
          try {
            const { principal } = await httpAuth.credentials(request, {
              allow: ['service'],
            });
            const arn = `arn:aws:vpc-lattice:us-east-1:${accountId}:servicenetwork/sn-1`;
            const network = {
              ...{ arn, id: 'sn-1', accountId, region: 'us-east-1' },
              name: 'company',
              tags: { system: `asked-${principal.subject}${request.path}` },
              authPolicy: { status: 'read' },
            };
            const estate = {
              ...{ services: [], targetGroups: [], serviceAssociations: [] },
              ...{ serviceNetworks: [network], gaps: [] },
            };
            const owner = 'group:default/platform';
            response.json({
              snapshots: [{ accountId, region: 'us-east-1', owner, estate }],
            });
          } catch (error) {
            next(error);
          }
        });
      },
    });
  },
});

jest.setTimeout(60_000);

describe('catalogModuleLattice', () => {
  it('fetches the estate as a service and provides its entities', async () => {
    const scheduler = mockServices.scheduler.mock();
    const providers: EntityProvider[] = [];
    const mutations = new Map<string, DeferredEntity[]>();
    const addEntityProvider = async (provider: EntityProvider) => {
      providers.push(provider);
      await provider.connect({
        refresh: async () => {},
        applyMutation: async mutation => {
          if (mutation.type === 'full') {
            mutations.set(provider.getProviderName(), mutation.entities);
          }
        },
      });
    };
    const backend = await startTestBackend({
      extensionPoints: [
        [catalogProcessingExtensionPoint, { addEntityProvider } as any],
      ],
      features: [
        module,
        latticePlugin,
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:3000' },
            backend: {
              baseUrl: 'http://localhost:0',
              database: { client: 'better-sqlite3', connection: ':memory:' },
            },
            lattice: { accounts: [{ accountId, regions: ['us-east-1'] }] },
          },
        }),
        scheduler.factory,
      ],
    });
    expect(providers.map(provider => provider.getProviderName())).toEqual([
      'lattice:001122334455/us-east-1/serviceNetworks',
      'lattice:001122334455/us-east-1/services',
      'lattice:001122334455/us-east-1/targetGroups',
    ]);
    const [[task]] = scheduler.scheduleTask.mock.calls;
    await task.fn(new AbortController().signal);
    expect(mutations.size).toBe(3);
    expect(mutations.get(providers[0].getProviderName())).toEqual([
      {
        locationKey: 'lattice:001122334455/us-east-1/serviceNetworks',
        entity: expect.objectContaining({
          kind: 'Resource',
          metadata: expect.objectContaining({ name: 'company' }),
          spec: {
            type: 'vpc-lattice-service-network',
            owner: 'group:default/platform',
            system: 'asked-plugin:catalog/v1/estate',
            dependsOn: [],
          },
        }),
      },
    ]);
    await backend.stop();
  });
});
