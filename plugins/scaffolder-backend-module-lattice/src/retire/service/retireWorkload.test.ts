import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  type Kind,
  startKind,
  type Subject,
} from '../../__testUtils__/hosts/kinds';
import { retireWorkload } from './retireWorkload';

describe.each<Kind>(['local', 'github', 'gitlab'])(
  'a service that clusters made, in a repository of kind %s',
  kind => {
    jest.setTimeout(60_000);
    const place = createMockDirectory();
    const author = { name: 'Ada', email: 'ada@example.com' };
    const service = { arn: 'arn', cluster: 'commerce', tags: {} };
    let subject: Subject;
    let asked: number;

    beforeEach(async () => {
      asked = 0;
      place.setContent({
        workspace: {
          'deploy/app/namespace.yaml': 'kind: Namespace\n',
          'clusters/commerce/kustomization.yaml': 'resources: [app]\n',
          'clusters/next/kustomization.yaml': 'resources: [app]\n',
        },
      });
      subject = await startKind({
        kind,
        directory: place.resolve('repositories'),
      });
      await subject.repositories.publish({
        name: 'stock',
        directory: place.resolve('workspace'),
        message: 'First version',
        author,
        publishedBy: 'task-1',
        mayUpdate: false,
      });
    });
    afterEach(() => subject.stop());

    const retire = () =>
      retireWorkload({
        service,
        services: { find: async () => (asked++ ? undefined : service) },
        name: 'stock',
        repositories: subject.repositories,
        repository: 'stock',
        author,
        pollIntervalSeconds: 0,
        log: () => {},
      });
    const delivered = async (cluster: string) => {
      const entry = await subject.repositories.read({
        name: 'stock',
        path: `clusters/${cluster}/kustomization.yaml`,
      });
      return entry.type === 'file' && String(entry.content);
    };

    it('is out of the manifests, and waited for', async () => {
      await expect(retire()).resolves.toMatchObject({
        result: 'done',
        message: expect.stringMatching(/^stock is out of commerce, next\./),
      });
      expect(asked).toBe(2);
      expect(await delivered('next')).toMatch(/resources: \[namespace.yaml\]/);
    });

    if (kind === 'local') {
      return;
    }

    it('waits to be merged where the branch is protected', async () => {
      await subject.protect('stock');
      const refused = await retire().catch(error => error);
      const [change] = subject.host!.changes;
      expect(refused).toMatchObject({
        name: 'ConflictError',
        message: expect.stringMatching(
          /refuses to take a commit on main of stock.* The change waits at http\S+\/1\. Merge it, then retire stock again\.$/s,
        ),
      });
      expect(change).toMatchObject({
        title: 'Retire stock',
        into: 'main',
        state: 'open',
      });
      expect(asked).toBe(0);
      expect(await delivered('next')).toBe('resources: [app]\n');

      await subject.merge(change);
      await expect(retire()).resolves.toMatchObject({ result: 'done' });
      expect(subject.host!.changes).toHaveLength(1);
    });
  },
);
