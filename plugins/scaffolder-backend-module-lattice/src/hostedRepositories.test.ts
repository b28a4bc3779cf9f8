import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import templateEntityModel from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { TOKEN } from './__testUtils__/hosts/FakeHost';
import {
  type Kind,
  startKind,
  type Subject,
} from './__testUtils__/hosts/kinds';
import { people } from './__testUtils__/startScaffolder';
import latticeScaffolderFeatures from './index';

const run = promisify(execFile);

const template = `
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: repository }
spec:
  type: service
  owner: group:default/commerce
  parameters:
    properties: { text: { type: string } }
  steps:
    - id: locate
      action: lattice:git:locate
      input: { repository: stock }
    - id: fetch
      action: fetch:template
      input:
        url: ./skeleton
        values:
          text: \${{ parameters.text }}
          cloneUrl: \${{ steps.locate.output.remoteUrl }}
    - id: publish
      action: lattice:git:publish
      input:
        repository: stock
        owner: group:default/commerce
        description: What is in stock
    - id: fail
      if: \${{ parameters.text === 'fail' }}
      action: catalog:fetch
      input: { entityRef: component:default/none }
    - id: register
      action: lattice:catalog:register
      input:
        catalogInfoUrl: \${{ steps.publish.output.repoContentsUrl }}/catalog-info.yaml
    - id: files
      action: fetch:template
      input: { url: ./client, targetPath: ./client }
    - id: change
      action: lattice:git:change
      input:
        repository: stock
        branch: call-orders
        title: Call orders
        sourcePath: ./client
    - id: remove
      if: \${{ failure() }}
      action: lattice:git:remove
      input: { repository: stock }
  output:
    publish: \${{ steps.publish.output }}
    change: \${{ steps.change.output }}
    remove: \${{ steps.remove.output }}
`;

const component = `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: stock }
spec: { type: service, lifecycle: experimental, owner: group:default/commerce }
`;

describe.each<Kind>(['local', 'github', 'gitlab'])(
  'a template that publishes to %s',
  kind => {
    jest.setTimeout(120_000);
    const place = createMockDirectory();
    const logger = mockServices.logger.mock();
    let subject: Subject;
    let request: (path: string, body?: unknown) => Promise<any>;

    beforeAll(async () => {
      place.setContent({
        'people.yaml': people,
        'template.yaml': template,
        skeleton: {
          'catalog-info.yaml': component,
          // eslint-disable-next-line no-template-curly-in-string
          'text.txt': '${{ values.text }} at ${{ values.cloneUrl }}\n',
        },
        client: { 'client.txt': 'client\n' },
      });
      subject = await startKind({
        kind,
        directory: place.resolve('repositories'),
      });
      const { server } = await startTestBackend({
        features: [
          catalogPlugin,
          templateEntityModel,
          scaffolderPlugin,
          latticeScaffolderFeatures,
          logger.factory,
          mockServices.rootConfig.factory({
            data: {
              ...subject.data,
              backend: {
                ...subject.data.backend,
                workingDirectory: place.resolve('.'),
              },
              lattice: {
                ...subject.data.lattice,
                regions: ['us-east-1'],
                roles: { reader: 'reader' },
                accounts: [{ accountId: '111111111111', name: 'shared' }],
              },
              catalog: {
                locations: ['template', 'people'].map(name => ({
                  type: 'file',
                  target: place.resolve(`${name}.yaml`),
                  rules: [{ allow: ['User', 'Group', 'Template'] }],
                })),
                processingInterval: { seconds: 1 },
              },
            },
          }),
        ],
      });
      request = async (path, body) => {
        const url = `http://localhost:${server.port()}${path}`;
        const response = await fetch(url, {
          method: body ? 'POST' : 'GET',
          body: body ? JSON.stringify(body) : undefined,
          headers: { 'content-type': 'application/json' },
        });
        return response.json();
      };
      const found = async (ref: string) =>
        (await request(`/api/catalog/entities/by-name/${ref}`)).relations;
      await until(() => found('template/default/repository'));
      await until(async () => (await found('user/default/mock'))?.length);
    });
    afterAll(() => subject.stop());

    async function create(text: string) {
      const { id } = await request('/api/scaffolder/v2/tasks', {
        templateRef: 'template:default/repository',
        values: { text },
      });
      let task: any;
      await until(async () => {
        task = await request(`/api/scaffolder/v2/tasks/${id}`);
        return ['completed', 'failed'].includes(task.status);
      });
      const events: any[] = await request(
        `/api/scaffolder/v2/tasks/${id}/events`,
      );
      const log = events.map(event => event.body.message).join('\n');
      const output = events.find(event => event.type === 'completion').body
        .output;
      return { status: task.status, log, output };
    }

    const file = async (path: string, branch = 'main') => {
      const show = ['-C', subject.gitdir('stock'), 'show', `${branch}:${path}`];
      return (await run('git', show)).stdout;
    };

    it('publishes, registers, changes and takes back', async () => {
      const failed = await create('fail');
      expect(failed).toMatchObject({
        status: 'failed',
        log: expect.stringMatching(/repository stock was removed again/),
      });

      const first = await create('one');
      expect(first).toMatchObject({
        status: 'completed',
        output: { publish: { created: true, updated: false } },
      });
      const { remoteUrl } = first.output.publish;
      expect(await file('text.txt')).toBe(`one at ${remoteUrl}\n`);
      expect(await file('client.txt', 'call-orders')).toBe('client\n');

      let entity: any;
      await until(async () => {
        entity = await request(
          '/api/catalog/entities/by-name/component/default/stock',
        );
        return entity.metadata;
      });
      const { annotations } = entity.metadata;
      expect(
        annotations['backstage.io/managed-by-location'].replace(
          '/tree/',
          '/blob/',
        ),
      ).toBe(`url:${first.output.publish.repoContentsUrl}/catalog-info.yaml`);
      expect({
        github: annotations['github.com/project-slug'],
        gitlab: annotations['gitlab.com/project-slug'],
      }).toEqual({ [kind]: kind === 'local' ? undefined : 'acme/stock' });

      const second = await create('two');
      expect(second).toMatchObject({
        status: 'completed',
        output: { publish: { created: false, updated: true } },
      });
      const { changeUrl = '' } = second.output.publish;
      const updates = (subject.host?.changes ?? []).filter(
        ({ branch, number }) =>
          branch.startsWith('lattice/') && changeUrl.endsWith(`/${number}`),
      );
      expect(updates).toHaveLength(kind === 'local' ? 0 : 1);
      for (const update of updates) {
        await subject.merge(update);
      }
      expect(await file('text.txt')).toBe(`two at ${remoteUrl}\n`);

      const logged = JSON.stringify([
        logger.info.mock.calls,
        logger.warn.mock.calls,
        logger.error.mock.calls,
        logger.debug.mock.calls,
      ]);
      expect(failed.log + first.log + second.log + logged).not.toContain(TOKEN);
    });
  },
);

async function until(done: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (await done()) {
      return;
    }
    await sleep(100);
  }
  throw new Error('It did not happen within a minute');
}
