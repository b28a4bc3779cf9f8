import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import {
  createBackendModule,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import {
  createTemplateAction,
  scaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';
import { parse } from 'yaml';

/** What a template makes of a form. */
export interface RenderedTemplate {
  /** Texts of the repository, by path. */
  files: Record<string, string>;
  /** Products that would be launched. */
  products: { productName: string; parameters: Record<string, unknown> }[];
}

/** The folder of a software template. */
export function templateFolder(name: string): string {
  return join(
    resolvePackagePath('@lattice-portal/template-checks'),
    '../../templates',
    name,
  );
}

/**
 * Starts the real scaffolder, to run templates dry: it checks the form, and writes the files. Nothing is
 * published, launched or registered; what would be launched is told.
 */
export async function startTemplateRenderer() {
  let products: RenderedTemplate['products'] = [];
  const aside = (id: string, handler: (input: any) => void = () => {}) =>
    createTemplateAction({
      id,
      supportsDryRun: true,
      schema: { input: z => z.record(z.any()) },
      async handler({ input }) {
        handler(input);
      },
    });
  const actions = createBackendModule({
    pluginId: 'scaffolder',
    moduleId: 'template-checks',
    register(registry) {
      registry.registerInit({
        deps: { scaffolder: scaffolderActionsExtensionPoint },
        async init({ scaffolder }) {
          scaffolder.addActions(
            aside('lattice:git:locate'),
            aside('lattice:git:publish'),
            aside('lattice:git:remove'),
            aside('lattice:product:terminate'),
            aside('lattice:product:provision', input => products.push(input)),
          );
        },
      });
    },
  });
  const { server } = await startTestBackend({
    features: [
      scaffolderPlugin,
      actions,
      catalogServiceMock.factory(),
      mockServices.rootConfig.factory({
        data: { backend: { baseUrl: 'http://localhost' } },
      }),
    ],
  });

  async function render(
    folder: string,
    values: Record<string, unknown>,
  ): Promise<RenderedTemplate> {
    products = [];
    const template = parse(
      await readFile(join(folder, 'template.yaml'), 'utf8'),
    );
    // Registering needs a published repository.
    template.spec.steps = template.spec.steps.filter(
      (step: any) => step.action !== 'lattice:catalog:register',
    );
    delete template.spec.output;
    const response = await fetch(
      `http://localhost:${server.port()}/api/scaffolder/v2/dry-run`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          template,
          values,
          directoryContents: await readFolder(folder),
        }),
      },
    );
    const body: any = await response.json();
    if (!response.ok) {
      throw new Error(JSON.stringify(body.errors ?? body.error ?? body));
    }
    const files = body.directoryContents.map((file: any) => [
      file.path,
      Buffer.from(file.base64Content, 'base64').toString(),
    ]);
    return { files: Object.fromEntries(files), products };
  }

  return { render, stop: () => server.stop() };
}

async function readFolder(folder: string) {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  return Promise.all(
    entries
      .filter(entry => entry.isFile())
      .map(async entry => {
        const path = join(entry.parentPath, entry.name);
        return {
          path: relative(folder, path),
          base64Content: (await readFile(path)).toString('base64'),
        };
      }),
  );
}
