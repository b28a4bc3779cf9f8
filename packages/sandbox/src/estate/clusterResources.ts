import type { ContainerDefinition } from './containerResources';

/** A Kubernetes object as somebody wrote it. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    /** Absent for what belongs to the whole cluster. */
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  /** `spec`, `data` and so on. */
  [other: string]: unknown;
}

/** A condition in the status of an object, as Kubernetes writes it. */
export interface Condition {
  type: string;
  status: 'True' | 'False';
  reason: string;
  message: string;
  observedGeneration: number;
  /** ISO 8601. */
  lastTransitionTime: string;
}

/** An object of a cluster, with what controllers say of it. */
export interface KubernetesObject {
  clusterArn: string;
  /** Name of the delivery that holds it. */
  delivery: string;
  manifest: Manifest;
  /** Raised with each change of the manifest. */
  generation: number;
  conditions: Condition[];
  /** Annotations that controllers wrote. */
  annotations: Record<string, string>;
}

/** A source that something in a cluster keeps to: an Application of Argo CD or a Kustomization of Flux. */
export interface Delivery {
  clusterArn: string;
  /** Unique in the cluster: kind and name. */
  name: string;
  /** Repository that holds it, which is the one it delivers. */
  repository: string;
  /** Folder of the repository. */
  path: string;
  /** Commit that was delivered last; absent: none yet. */
  commitHash?: string;
  /** Why the newest commit is not delivered; absent: it is. */
  problem?: string;
}

/** A pod of a Deployment. */
export interface Pod {
  clusterArn: string;
  namespace: string;
  name: string;
  deployment: string;
  labels: Record<string, string>;
  /** What it was made from: another hash, another pod. */
  templateHash: string;
  containers: PodContainer[];
  vpcId: string;
  /** Why it does not start; absent: it runs, and has an address. */
  waiting?: string;
  subnetId?: string;
  address?: string;
  /** ISO 8601. */
  createdAt: string;
}

/** A container of a pod, in the form that the runner of containers knows. */
export interface PodContainer extends ContainerDefinition {
  /** The application of the repository, in the place of the image. */
  program?: Program;
}

/** A Node.js application on this machine. */
export interface Program {
  /** Folder. */
  directory: string;
  /** File in that folder. */
  main: string;
}

/** An auth policy that a controller put, so that it is taken away with the object that asks for it. */
export interface AppliedAuthPolicy {
  clusterArn: string;
  /** Key of the IAMAuthPolicy. */
  objectKey: string;
  /** ARN of the service or service network. */
  resourceArn: string;
  /** Generation of the IAMAuthPolicy that was put. */
  generation: number;
}
