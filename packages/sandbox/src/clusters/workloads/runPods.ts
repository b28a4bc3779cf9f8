import { createHash, randomBytes } from 'node:crypto';
import type { Pod, PodContainer } from '../../estate/clusterResources';
import type { EksCluster } from '../../estate/containerResources';
import type { Estate } from '../../estate/Estate';
import { freeAddress } from '../../operations/ecs/freeAddress';
import type { ClusterObjects, TypedObject } from '../manifests/ClusterObjects';

type Deployment = TypedObject<'apps/v1/Deployment'>;

/**
 * Brings the pods of a cluster to what its Deployments ask for. New pods are there before old ones go.
 *
 * @remarks
 * As in Kubernetes, pods without their service account are not made, and those without their Secrets and
 * ConfigMaps wait, without an address.
 */
export function runPods(options: {
  estate: Estate;
  cluster: EksCluster;
  objects: ClusterObjects;
  /** The present, in milliseconds since the epoch. */
  now: number;
}): void {
  const { estate, cluster, objects, now } = options;
  const wanted = new Set<string>();
  for (const deployment of objects.all('apps/v1/Deployment')) {
    const { namespace, name, spec } = deployment;
    const { containers, serviceAccountName } = spec.template.spec;
    const template = {
      labels: spec.template.metadata.labels,
      containers: containers.map(toContainer),
      waiting: whyWaiting(deployment, objects),
    };
    const templateHash = createHash('sha256')
      .update(JSON.stringify([spec.template, template]))
      .digest('hex')
      .slice(0, 10);
    const hasAccount =
      serviceAccountName === 'default' ||
      objects.hasCore('ServiceAccount', {
        namespace,
        name: serviceAccountName,
      });
    const kept = estate.pods
      .entries()
      .filter(
        ([, pod]) =>
          pod.clusterArn === cluster.arn &&
          pod.namespace === namespace &&
          pod.deployment === name &&
          pod.templateHash === templateHash,
      )
      .slice(0, hasAccount ? spec.replicas : 0);
    kept.forEach(([key]) => wanted.add(key));
    const missing = hasAccount ? spec.replicas - kept.length : 0;
    for (let count = 0; count < missing; count++) {
      const podName = `${name}-${templateHash}-${randomBytes(3).toString(
        'hex',
      )}`;
      const key = `${cluster.arn} ${namespace}/${podName}`;
      const subnet = estate.subnets.get(
        cluster.subnetIds[(kept.length + count) % cluster.subnetIds.length],
      )!;
      estate.pods.put(key, {
        clusterArn: cluster.arn,
        namespace,
        name: podName,
        deployment: name,
        templateHash,
        ...template,
        vpcId: cluster.vpcId,
        ...(!template.waiting && {
          subnetId: subnet.id,
          address: freeAddress(estate, subnet),
        }),
        createdAt: new Date(now).toISOString(),
      });
      wanted.add(key);
    }
  }
  for (const [key, pod] of estate.pods.entries()) {
    if (pod.clusterArn === cluster.arn && !wanted.has(key)) {
      estate.pods.delete(key);
    }
  }
}

function toContainer(
  container: Deployment['spec']['template']['spec']['containers'][number] & {
    program?: unknown;
  },
): PodContainer {
  const { name, image, command, args, env, ports, program } = container;
  return {
    name,
    image,
    entryPoint: command,
    command: args,
    environment: env.flatMap(({ name: key, value }) =>
      value === undefined ? [] : [{ name: key, value }],
    ),
    portMappings: ports.map(port => ({
      name: port.name,
      containerPort: port.containerPort,
    })),
    ...(program !== undefined && {
      program: program as PodContainer['program'],
    }),
  };
}

function whyWaiting(
  { namespace, spec }: Deployment,
  objects: ClusterObjects,
): string | undefined {
  for (const { secret, configMap } of spec.template.spec.volumes) {
    if (
      secret &&
      !secret.optional &&
      !objects.hasCore('Secret', { namespace, name: secret.secretName })
    ) {
      return `secret "${secret.secretName}" not found`;
    }
    if (
      configMap &&
      !configMap.optional &&
      !objects.hasCore('ConfigMap', { namespace, name: configMap.name })
    ) {
      return `configmap "${configMap.name}" not found`;
    }
  }
  return undefined;
}

/** A pod that runs, with a number for each of the ports of a Service. */
export interface Endpoint {
  address: string;
  port: number;
}

/** Where the pods of a Service answer, for one of its ports. */
export function endpointsOf(options: {
  pods: Pod[];
  service: TypedObject<'v1/Service'>;
  /** Number of the Service's port; absent: all. */
  port?: number;
}): Endpoint[] {
  const { pods, service } = options;
  const { selector, ports } = service.spec;
  if (Object.keys(selector).length === 0) {
    return [];
  }
  const chosen = ports.filter(
    ({ port }) => options.port === undefined || port === options.port,
  );
  return pods
    .filter(
      ({ namespace, labels }) =>
        namespace === service.namespace &&
        Object.entries(selector).every(([key, value]) => labels[key] === value),
    )
    .flatMap(({ address, containers }) =>
      chosen.flatMap(({ port, targetPort = port }) => {
        const number =
          typeof targetPort === 'number'
            ? targetPort
            : containers
                .flatMap(({ portMappings = [] }) => portMappings)
                .find(({ name }) => name === targetPort)?.containerPort;
        return address && number ? [{ address, port: number }] : [];
      }),
    );
}
