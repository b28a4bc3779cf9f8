import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import {
  DefaultAwsAccess,
  DefaultEstateReader,
  readLatticeConfig,
} from '@lattice-portal/plugin-lattice-node';
import latticeScaffolderFeatures from '@lattice-portal/plugin-scaffolder-backend-module-lattice';
import {
  publishProducts,
  readProducts,
  readSettings,
} from '@lattice-portal/products';
import {
  accessKeyIdOf,
  SANDBOX_SECRET_ACCESS_KEY,
  startTestSandbox,
} from '@lattice-portal/sandbox';
import { parse } from 'yaml';
import { templateFolder } from './startTemplateRenderer';

const region = 'us-east-1';
const portalAccount = '001122334455';

/**
 * Starts the scaffolder with the portal's actions over a sandbox, for a user of the platform group.
 *
 * @param options - `templates`: folders.
 */
export async function startPortal(options: {
  templates: string[];
  accounts: string[];
}) {
  const directory = createMockDirectory();
  const sandbox = await startTestSandbox();
  await publishProducts({
    aws: sandbox.clientConfig({ accountId: portalAccount }),
    products: await readProducts(templateFolder('.')),
    settings: await readSettings(templateFolder('portfolios.yaml')),
  });
  process.env.AWS_ENDPOINT_URL = sandbox.url;
  const configuration = {
    backend: {
      baseUrl: 'http://localhost',
      workingDirectory: directory.resolve('.'),
    },
    aws: {
      mainAccount: {
        accessKeyId: accessKeyIdOf(portalAccount),
        secretAccessKey: SANDBOX_SECRET_ACCESS_KEY,
        region,
      },
    },
    lattice: {
      regions: [region],
      roles: {
        reader: 'lattice-portal-reader',
        provisioner: 'lattice-portal-provisioner',
      },
      provisioning: { pollIntervalSeconds: 0.1 },
      repositories: { directory: directory.resolve('repositories') },
      accounts: options.accounts.map(accountId => ({
        accountId,
        owner: 'group:platform',
      })),
    },
  };
  const { server } = await startTestBackend({
    features: [
      scaffolderPlugin,
      latticeScaffolderFeatures,
      catalogServiceMock.factory({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'User',
            metadata: { name: 'mock', namespace: 'default' },
            spec: {},
            relations: [
              { type: 'memberOf', targetRef: 'group:default/platform' },
            ],
          },
          ...(await Promise.all(options.templates.map(readTemplate))),
        ],
      }),
      mockServices.rootConfig.factory({ data: configuration }),
    ],
  });
  const request = async (path: string, body?: unknown): Promise<any> => {
    const response = await fetch(
      `http://localhost:${server.port()}/api/scaffolder${path}`,
      {
        method: body ? 'POST' : 'GET',
        body: body ? JSON.stringify(body) : undefined,
        headers: { 'content-type': 'application/json' },
      },
    );
    return response.json();
  };

  return {
    sandbox,
    /** Runs a template to its end. */
    async run(name: string, values: Record<string, unknown>) {
      const { id, ...problems } = await request('/v2/tasks', {
        templateRef: `template:default/${name}`,
        values,
      });
      if (!id) {
        throw new Error(JSON.stringify(problems));
      }
      let status = 'open';
      while (!['completed', 'failed', 'cancelled'].includes(status)) {
        await sleep(50);
        status = (await request(`/v2/tasks/${id}`)).status;
      }
      const events: any[] = await request(`/v2/tasks/${id}/events`);
      return {
        status,
        log: events.map(event => event.body.message).join('\n'),
        output: events.find(event => event.type === 'completion').body.output,
      };
    },
    /** What the portal itself reads of an account. */
    async readEstate(accountId: string) {
      const rootConfig = mockServices.rootConfig({ data: configuration });
      const config = readLatticeConfig(rootConfig);
      const aws = DefaultAwsAccess.create({ rootConfig, config });
      return DefaultEstateReader.create({ aws, config }).read({
        accountId,
        region,
      });
    },
    async stop() {
      delete process.env.AWS_ENDPOINT_URL;
      await server.stop();
      await sandbox.stop();
    },
  };
}

async function readTemplate(folder: string) {
  const file = join(templateFolder(folder), 'template.yaml');
  const template = parse(await readFile(file, 'utf8'));
  // Registering takes a real catalog; the tests of the actions have one.
  const { steps, output, ...spec } = template.spec;
  return {
    ...template,
    spec: {
      ...spec,
      steps: steps.filter(
        (step: any) => step.action !== 'lattice:catalog:register',
      ),
      output: { text: output.text },
    },
    metadata: {
      ...template.metadata,
      namespace: 'default',
      annotations: { 'backstage.io/managed-by-location': `file:${file}` },
    },
  };
}
