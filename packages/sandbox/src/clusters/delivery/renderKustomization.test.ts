import type { FileTree } from './FileTree';
import { renderKustomization } from './renderKustomization';

const tree = (files: Record<string, string>): FileTree => ({
  commitHash: 'c1',
  files: new Map(
    Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]),
  ),
});

const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: app }
spec:
  selector: { matchLabels: { a: b } }
  template:
    metadata: { labels: { a: b } }
    spec:
      containers: [{ name: a, image: IMAGE }]
      initContainers: [{ name: b, image: other/x:2 }]
`;

const render = (files: Record<string, string>, path = 'clusters/one') =>
  renderKustomization({ tree: tree(files), path });

describe('renderKustomization', () => {
  it('takes files and folders in their order', () => {
    const manifests = render({
      'clusters/one/kustomization.yaml': 'resources: [../../base, own.yaml]',
      'clusters/one/own.yaml':
        'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\n---\n# nothing\n',
      'base/kustomization.yml': 'resources: [app.yaml]',
      'base/app.yaml': deployment,
    });
    expect(manifests.map(({ kind }) => kind)).toEqual(['Deployment', 'Secret']);
  });

  it.each([
    ['app', '{ name: app, newName: r/app, newTag: 1.5 }', 'r/app:1.5'],
    ['app:1', '{ name: app, newName: r/app }', 'r/app:1'],
    ['app:1', '{ name: app, newTag: "2" }', 'app:2'],
    ['app:1', '{ name: app, digest: "sha256:ab" }', 'app@sha256:ab'],
    ['h:5000/app', '{ name: "h:5000/app", newTag: x }', 'h:5000/app:x'],
    ['app@sha256:ab', '{ name: app, newTag: x }', 'app:x'],
    ['apple', '{ name: app, newTag: x }', 'apple'],
  ])('replaces the image %s by %s', (image, change, expected) => {
    const [manifest] = render({
      'clusters/one/kustomization.yaml': `resources: [app.yaml]\nimages: [${change}]`,
      'clusters/one/app.yaml': deployment.replace('IMAGE', `"${image}"`),
    });
    const { containers, initContainers } = (manifest.spec as any).template.spec;
    expect(containers[0].image).toBe(expected);
    expect(initContainers[0].image).toBe('other/x:2');
  });

  it.each([
    ['nothing', {}, /clusters\/one has no kustomization.yaml/],
    [
      'no resources',
      { 'clusters/one/kustomization.yaml': 'resources: []' },
      /is empty/,
    ],
    [
      'a field it does not know',
      { 'clusters/one/kustomization.yaml': 'namePrefix: a-' },
      /uses namePrefix, and only resources and images/,
    ],
    [
      'a missing file',
      { 'clusters/one/kustomization.yaml': 'resources: [a.yaml]' },
      /clusters\/one\/a.yaml has no kustomization.yaml/,
    ],
    [
      'a folder outside',
      { 'clusters/one/kustomization.yaml': 'resources: [../../../x]' },
      /is outside the repository/,
    ],
    [
      'a file of another folder',
      {
        'clusters/one/kustomization.yaml': 'resources: [../a.yaml]',
        'clusters/a.yaml': 'kind: Secret',
      },
      /a.yaml is a file outside the folder/,
    ],
    [
      'a file of another host',
      {
        'clusters/one/kustomization.yaml':
          'resources: ["https://example.com/a.yaml"]',
      },
      /is elsewhere/,
    ],
    [
      'a circle',
      {
        'clusters/one/kustomization.yaml': 'resources: [../two]',
        'clusters/two/kustomization.yaml': 'resources: [../one]',
      },
      /clusters\/one → clusters\/two → clusters\/one is a circle/,
    ],
    [
      'an object twice',
      {
        'clusters/one/kustomization.yaml': 'resources: [a.yaml, b.yaml]',
        'clusters/one/a.yaml':
          'apiVersion: v1\nkind: Secret\nmetadata: { name: s }',
        'clusters/one/b.yaml':
          'apiVersion: v1\nkind: Secret\nmetadata: { name: s }',
      },
      /holds Secret s twice/,
    ],
    [
      'what is no object',
      {
        'clusters/one/kustomization.yaml': 'resources: [a.yaml]',
        'clusters/one/a.yaml': 'kind: Secret',
      },
      /a.yaml: an object is refused: apiVersion/,
    ],
    [
      'a kind that is gone',
      {
        'clusters/one/kustomization.yaml': 'resources: [a.yaml]',
        'clusters/one/a.yaml':
          'apiVersion: gateway.networking.k8s.io/v1beta1\nkind: Gateway\nmetadata: { name: g }',
      },
      /the cluster has no kind Gateway of gateway.networking.k8s.io\/v1beta1/,
    ],
    [
      'a wrong field',
      {
        'clusters/one/kustomization.yaml': 'resources: [a.yaml]',
        'clusters/one/a.yaml': deployment
          .replace('IMAGE', 'a')
          .replace('selector:', 'replicas: two\n  selector:'),
      },
      /a.yaml: Deployment app is refused: spec.replicas/,
    ],
  ])('refuses %s', (_, files, message) => {
    expect(() => render(files as unknown as Record<string, string>)).toThrow(
      message,
    );
  });
});
