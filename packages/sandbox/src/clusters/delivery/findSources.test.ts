import { stockFiles } from '../__testUtils__/stockFiles';
import type { FileTree } from './FileTree';
import { findSources } from './findSources';

const tree = (files: Record<string, string>): FileTree => ({
  commitHash: 'c1',
  files: new Map(
    Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]),
  ),
});

const find = (files: Record<string, string>) =>
  findSources({ tree: tree(files), repository: 'stock' });

describe('findSources', () => {
  it('reads Applications', () => {
    expect(find(stockFiles({ clusters: ['a', 'b'] }))).toEqual(
      ['a', 'b'].map(cluster => ({
        cluster,
        name: `Application stock-${cluster}`,
        path: `clusters/${cluster}`,
        namespace: 'stock',
      })),
    );
  });

  it('reads Kustomizations of Flux', () => {
    expect(find(stockFiles({ clusters: ['a'], delivery: 'flux' }))).toEqual([
      {
        cluster: 'a',
        name: 'Kustomization stock',
        path: 'clusters/a',
        namespace: 'default',
      },
    ]);
  });

  it('finds none where none is', () => {
    expect(find({ 'README.md': 'argocd' })).toEqual([]);
  });

  const argocd = 'argocd/commerce/application.yaml';
  const flux = 'flux/commerce/delivery.yaml';
  it.each([
    [argocd, 'stock.git', 'other.git', /follows https:.*other.git, and only/],
    [argocd, 'targetRevision: main', 'targetRevision: v1', /follows v1/],
    [argocd, 'prune: true', 'prune: false', /syncPolicy.automated.prune/],
    [argocd, 'path: clusters', 'path: ../clusters', /outside the repository/],
    [flux, 'branch: main', 'branch: next', /follows next/],
    [flux, 'prune: true', 'prune: false', /spec.prune/],
    [flux, 'GitRepository, name: stock', 'GitRepository, name: x', /no GitRep/],
  ])('refuses in %s another than %s: %s', (file, from, to, message) => {
    const files = stockFiles({ delivery: file === argocd ? 'argocd' : 'flux' });
    expect(files[file]).toContain(from);
    expect(() =>
      find({ ...files, [file]: files[file].replace(from, to) }),
    ).toThrow(message);
  });
});
