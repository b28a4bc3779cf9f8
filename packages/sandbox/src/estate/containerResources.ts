import type { Owned, Tags } from './resources';

/** An Amazon ECS cluster. */
export interface EcsCluster extends Owned {
  arn: string;
  name: string;
  status: 'ACTIVE' | 'INACTIVE';
  /** As the API takes and gives it: `settings`, `configuration` and so on. */
  settings: Record<string, unknown>;
  tags: Tags;
}

/** A container of a task definition, as the API takes and gives it. */
export interface ContainerDefinition {
  name: string;
  image: string;
  entryPoint?: string[];
  command?: string[];
  environment?: { name: string; value: string }[];
  portMappings?: { name?: string; containerPort: number }[];
  [other: string]: unknown;
}

/** One revision of an Amazon ECS task definition. */
export interface TaskDefinition extends Owned {
  arn: string;
  family: string;
  revision: number;
  status: 'ACTIVE' | 'INACTIVE';
  containerDefinitions: ContainerDefinition[];
  /** All else, as the API takes and gives it. */
  settings: Record<string, unknown>;
  tags: Tags;
  /** ISO 8601. */
  registeredAt: string;
}

/** A running task of an Amazon ECS service; it has an address of its own in a subnet. */
export interface EcsTask {
  arn: string;
  taskDefinitionArn: string;
  subnetId: string;
  vpcId: string;
  address: string;
  /** ISO 8601. */
  startedAt: string;
}

/** An Amazon ECS service with its tasks. */
export interface EcsService extends Owned {
  arn: string;
  name: string;
  clusterArn: string;
  taskDefinitionArn: string;
  desiredCount: number;
  subnetIds: string[];
  loadBalancers: {
    targetGroupArn: string;
    containerName: string;
    containerPort: number;
  }[];
  vpcLatticeConfigurations: {
    roleArn: string;
    targetGroupArn: string;
    portName: string;
  }[];
  tasks: EcsTask[];
  rolloutState: 'COMPLETED' | 'FAILED';
  rolloutStateReason: string;
  /** Newest first. */
  events: { id: string; createdAt: string; message: string }[];
  /** All else, as the API takes and gives it. */
  settings: Record<string, unknown>;
  tags: Tags;
  createdAt: string;
}

/** An Amazon EKS cluster; what it holds are the Kubernetes objects and pods of its ARN. */
export interface EksCluster extends Owned {
  arn: string;
  name: string;
  version: string;
  endpoint: string;
  roleArn: string;
  vpcId: string;
  subnetIds: string[];
  securityGroupId: string;
  /** Role of its AWS Gateway API Controller; absent: it has none. */
  controllerRoleArn?: string;
  tags: Tags;
  createdAt: string;
}
