import { InputError } from '@backstage/errors';

const NAMESPACE = 'deploy/app/namespace.yaml';

/**
 * What to write into a repository of the template for EKS, so that its clusters keep the namespace alone and Argo CD
 * or Flux prune all else. The namespace stays since neither takes away everything at once.
 *
 * @returns the files by path
 * @throws InputError when the repository is arranged in another way
 */
export function withoutWorkload(options: {
  /** Names of the folders in `clusters`. */
  clusters: string[];
  /** Content of `deploy/app/namespace.yaml`; undefined: there is no such file. */
  namespace: string | undefined;
}): Map<string, string> {
  const { clusters, namespace } = options;
  if (namespace === undefined) {
    throw new InputError(`The repository has no ${NAMESPACE}`);
  }
  return new Map(
    clusters.flatMap(cluster => [
      [
        `clusters/${cluster}/kustomization.yaml`,
        '# Retired: all but the namespace is pruned.\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [namespace.yaml]\n',
      ],
      [`clusters/${cluster}/namespace.yaml`, namespace],
    ]),
  );
}
