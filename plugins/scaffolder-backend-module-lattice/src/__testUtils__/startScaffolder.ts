import {
  type BackendFeature,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import templateEntityModel from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import latticeScaffolderFeatures from '../index';
import { portalConfig } from './startProvisioningSandbox';

const templates = join(
  resolvePackagePath(
    '@lattice-portal/plugin-scaffolder-backend-module-lattice',
  ),
  '../../templates',
);

/** The group commerce, and a user of it whom tests sign in as. */
export const people = peopleOf(['commerce']);

function peopleOf(groups: string[]): string {
  return `${groups
    .map(
      name => `
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: ${name} }
spec: { type: team, children: [] }
---`,
    )
    .join('')}
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: mock }
spec: { profile: { displayName: Ada }, memberOf: [${groups.join(', ')}] }
`;
}

/** Waits until something holds. */
export async function until<T>(
  check: () => T | Promise<T>,
  milliseconds = 30_000,
): Promise<NonNullable<Awaited<T>>> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const found = await check();
    if (found) {
      return found as NonNullable<Awaited<T>>;
    }
    if (Date.now() > end) {
      throw new Error(`Waited too long: ${check}`);
    }
    await sleep(100);
  }
}

/** A back end with the scaffolder, a catalog of templates and one person. */
export async function startScaffolder(options: {
  /** For repositories and what the scaffolder works with. */
  directory: string;
  /** Groups of the person. Default: commerce. */
  groups?: string[];
  /** Folders of templates. */
  templateFolders: string[];
  /** Besides the scaffolder's own. */
  features: BackendFeature[];
}) {
  const { directory, templateFolders, features } = options;
  const { groups = ['commerce'] } = options;
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'people.yaml'), peopleOf(groups));
  const { server } = await startTestBackend({
    features: [
      catalogPlugin,
      templateEntityModel,
      scaffolderPlugin,
      latticeScaffolderFeatures,
      ...features,
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:45703' },
          backend: {
            baseUrl: 'http://localhost:45703',
            workingDirectory: directory,
          },
          catalog: {
            locations: [
              ...templateFolders.map(folder => ({
                type: 'file',
                target: join(templates, folder, 'template.yaml'),
                rules: [{ allow: ['Template'] }],
              })),
              {
                type: 'file',
                target: join(directory, 'people.yaml'),
                rules: [{ allow: ['User', 'Group'] }],
              },
            ],
            processingInterval: { seconds: 1 },
          },
          ...portalConfig,
          lattice: {
            ...portalConfig.lattice,
            provisioning: { pollIntervalSeconds: 0.1 },
            schedule: {
              estate: { frequency: { seconds: 1 } },
              catalog: { frequency: { seconds: 1 } },
              accessLogs: { frequency: { seconds: 1 } },
            },
            repositories: {
              directory: join(directory, 'repositories'),
              anonymousRead: true,
            },
          },
        },
      }),
    ],
  });
  const request = async (path: string, body?: unknown): Promise<any> => {
    const response = await fetch(`http://localhost:${server.port()}${path}`, {
      method: body ? 'POST' : 'GET',
      body: body ? JSON.stringify(body) : undefined,
      headers: { 'content-type': 'application/json' },
    });
    const text = await response.text();
    return response.headers.get('content-type')?.includes('json')
      ? JSON.parse(text)
      : text;
  };
  const entity = (ref: string) =>
    request(`/api/catalog/entities/by-name/${ref}`);
  for (const folder of templateFolders) {
    await until(
      async () =>
        (
          await entity(`template/default/lattice-${folder}`)
        ).relations,
    );
  }
  await until(
    async () => (await entity('user/default/mock')).relations?.length,
  );
  return {
    request,
    entity,
    /** Runs a template to its end. */
    async run(template: string, values: object) {
      const { id, errors } = await request('/api/scaffolder/v2/tasks', {
        templateRef: `template:default/${template}`,
        values,
      });
      expect(errors).toBeUndefined();
      const { status } = await until(async () => {
        const task = await request(`/api/scaffolder/v2/tasks/${id}`);
        return ['completed', 'failed'].includes(task.status) && task;
      }, 60_000);
      const events: any[] = await request(
        `/api/scaffolder/v2/tasks/${id}/events`,
      );
      return {
        status,
        log: events.map(event => event.body.message).join('\n'),
        output: events.find(event => event.type === 'completion').body.output,
      };
    },
  };
}
