import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { createCatalogRegisterAction } from './createCatalogRegisterAction';

const target = 'https://git.example.com/stock/blob/main/catalog-info.yaml';
const entity = (kind: string, name: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name },
});

async function register(options: {
  /** What the file holds; an error where it can't be read. */
  file: ReturnType<typeof entity>[] | Error;
  exists?: boolean;
  isDryRun?: boolean;
}) {
  const { file, exists = false, isDryRun } = options;
  const asked: unknown[] = [];
  const catalog = catalogServiceMock.mock({
    addLocation: async request => {
      asked.push(request);
      if (file instanceof Error) {
        throw file;
      }
      const { dryRun } = request;
      return {
        location: {
          id: 'one',
          type: 'url',
          target,
          entityRef: 'location:default/generated-1',
        },
        entities: dryRun ? [entity('Location', 'generated-1'), ...file] : [],
        exists: dryRun && exists,
      };
    },
  });
  const output: Record<string, unknown> = {};
  const context = createMockActionContext({
    input: { catalogInfoUrl: target },
  });
  const failure = await createCatalogRegisterAction({ catalog })
    .handler({
      ...context,
      isDryRun,
      output: (name: string, value: unknown) => {
        output[name] = value;
      },
    } as any)
    .then(
      () => undefined,
      (error: Error) => error.message,
    );
  return { asked, output, failure };
}

const read = { type: 'url', target, dryRun: true };
const add = { type: 'url', target, onConflict: 'refresh' };
const api = entity('API', 'stock-api');
const component = entity('Component', 'stock');

describe('lattice:catalog:register', () => {
  it.each([
    ['component before others', [api, component], false, 'component'],
    ['another entity', [api], false, 'api'],
    ['what is registered already', [component], true, 'component'],
  ])('registers %s', async (_, file, exists, kind) => {
    expect(await register({ file, exists })).toEqual({
      asked: [read, add],
      output: {
        entityRef:
          kind === 'api' ? 'api:default/stock-api' : 'component:default/stock',
        created: !exists,
      },
      failure: undefined,
    });
  });

  it.each([
    [
      'can not be read',
      new Error('Policy check failed'),
      'Policy check failed',
    ],
    ['is empty', [], `${target} holds no entity`],
  ])('leaves no location where the file %s', async (_, file, failure) => {
    expect(await register({ file })).toEqual({
      asked: [read],
      output: {},
      failure,
    });
  });

  it('asks nothing in a dry run', async () => {
    expect(await register({ file: [], isDryRun: true })).toEqual({
      asked: [],
      output: { created: true },
      failure: undefined,
    });
  });
});
