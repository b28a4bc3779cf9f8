import type { Estate } from '../estate/Estate';

/** What the clusters hold and what became of it, for people and tests: `GET /_sandbox/clusters`. */
export function describeClusters(estate: Estate) {
  return estate.eksClusters.values().map(({ arn, name, accountId }) => ({
    name,
    accountId,
    deliveries: estate.deliveries
      .filter(({ clusterArn }) => clusterArn === arn)
      .map(({ clusterArn, ...delivery }) => delivery),
    objects: estate.kubernetesObjects
      .filter(({ clusterArn }) => clusterArn === arn)
      .map(({ manifest, generation, conditions, annotations }) => ({
        kind: manifest.kind,
        namespace: manifest.metadata.namespace,
        name: manifest.metadata.name,
        generation,
        annotations,
        conditions,
      })),
    pods: estate.pods
      .filter(({ clusterArn }) => clusterArn === arn)
      .map(({ namespace, name: pod, address, waiting, containers }) => ({
        namespace,
        name: pod,
        address,
        waiting,
        images: containers.map(({ image }) => image),
      })),
  }));
}
