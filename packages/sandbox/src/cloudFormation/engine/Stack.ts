/** Tags as key to value. */
export type Tags = Record<string, string>;

/**
 * Statuses a stack can have here.
 * {@link https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html}
 */
export type StackStatus =
  | 'REVIEW_IN_PROGRESS'
  | 'CREATE_IN_PROGRESS'
  | 'CREATE_FAILED'
  | 'CREATE_COMPLETE'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_FAILED'
  | 'ROLLBACK_COMPLETE'
  | 'UPDATE_IN_PROGRESS'
  | 'UPDATE_FAILED'
  | 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'
  | 'UPDATE_COMPLETE'
  | 'UPDATE_ROLLBACK_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_FAILED'
  | 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_COMPLETE'
  | 'DELETE_IN_PROGRESS'
  | 'DELETE_FAILED'
  | 'DELETE_COMPLETE';

export type ResourceStatus =
  | 'CREATE_IN_PROGRESS'
  | 'CREATE_FAILED'
  | 'CREATE_COMPLETE'
  | 'UPDATE_IN_PROGRESS'
  | 'UPDATE_FAILED'
  | 'UPDATE_COMPLETE'
  | 'DELETE_IN_PROGRESS'
  | 'DELETE_FAILED'
  | 'DELETE_SKIPPED'
  | 'DELETE_COMPLETE';

/** What becomes of a resource that leaves the stack; `Delete` where the template says nothing. */
export type RemovalPolicy = 'Delete' | 'Retain' | 'RetainExceptOnCreate';

/** One physical resource, and what it was made of. */
export interface ResourceVersion {
  type: string;
  /** What `Ref` gives. Present as soon as something exists that must be deleted again. */
  physicalId?: string;
  properties: Record<string, any>;
  /** Tags of the stack and of the resource itself, as the resource has them. */
  tags: Tags;
  attributes: Record<string, unknown>;
  deletionPolicy: RemovalPolicy;
  /** Later than the resources it depends on, for deleting in reverse. */
  position: number;
}

/** A resource of a stack, as far as it has come. */
export interface StackResource extends ResourceVersion {
  logicalId: string;
  status: ResourceStatus;
  statusReason?: string;
  /** ISO 8601. */
  timestamp: string;
  /** The resource before the update under way, once that has touched it: what a rollback restores. */
  before?: ResourceVersion;
  /** Made by the update under way: a rollback deletes it. */
  isAdded?: boolean;
}

/** A physical resource that left the stack and is still to be deleted. */
export interface ObsoleteResource {
  logicalId: string;
  version: ResourceVersion;
  /** Left alone rather than deleted. */
  isRetained: boolean;
}

export interface StackOutput {
  key: string;
  value: string;
  description?: string;
  exportName?: string;
}

/** What an update of a stack replaces, and a rollback restores. */
export interface StackDefinition {
  templateBody: string;
  description?: string;
  /** Values as given or defaulted, including those of `NoEcho` parameters. */
  parameters: Record<string, string>;
  /** Values that parameters of Systems Manager types stand for. */
  resolvedParameters?: Record<string, string>;
  tags: Tags;
  capabilities: string[];
  notificationArns: string[];
  roleArn?: string;
}

/** The update under way, or the one that failed and was not rolled back. */
export interface StackUpdate {
  previous: StackDefinition & { imports: string[] };
  /** Whether a failure leaves the stack as it is: `UPDATE_FAILED`. */
  disableRollback: boolean;
  /** Whether resources the update makes are deleted at its rollback in spite of their policy. */
  retainExceptOnCreate: boolean;
  obsolete: ObsoleteResource[];
}

/** A CloudFormation stack. Keyed by its id. */
export interface Stack extends StackDefinition {
  /** ARN. */
  id: string;
  name: string;
  accountId: string;
  region: string;
  /** As whom the resources are made, changed and deleted. */
  principalArn: string;
  onFailure: 'ROLLBACK' | 'DELETE' | 'DO_NOTHING';
  /** As {@link StackUpdate.retainExceptOnCreate}, for the creation. */
  retainExceptOnCreate?: boolean;
  terminationProtection: boolean;
  /** Token of the creation. */
  clientRequestToken?: string;
  /** Token of the last operation, for its events. */
  operationToken?: string;
  status: StackStatus;
  statusReason?: string;
  /** Logical ids and reasons of what the last operation failed at, kept after the rollback. */
  failures: { logicalId: string; type: string; reason: string }[];
  /** Why the last operation failed, kept after the rollback. */
  failureReason?: string;
  createdAt: string;
  lastUpdatedAt?: string;
  deletedAt?: string;
  outputs: StackOutput[];
  /** Names of the exports of other stacks that it uses. */
  imports: string[];
  resources: Record<string, StackResource>;
  update?: StackUpdate;
  /** The change set that was executed last. */
  changeSetId?: string;
}

/** Keyed `stackId/sequence`. */
export interface StackEvent {
  id: string;
  stackId: string;
  stackName: string;
  /** Counts up within a stack. */
  sequence: number;
  logicalId: string;
  physicalId?: string;
  type: string;
  timestamp: string;
  status: string;
  statusReason?: string;
  properties?: string;
  clientRequestToken?: string;
}

/** Whether the stack is at rest. */
export function isSettled({ status }: Stack): boolean {
  return status === 'REVIEW_IN_PROGRESS' || !status.endsWith('_IN_PROGRESS');
}

/** The resource's part that a later operation may have to restore or delete. */
export function versionOf(resource: ResourceVersion): ResourceVersion {
  const {
    type,
    physicalId,
    properties,
    tags,
    attributes,
    deletionPolicy,
    position,
  } = resource;
  return {
    type,
    physicalId,
    properties,
    tags,
    attributes,
    deletionPolicy,
    position,
  };
}

/** The stack's part that an update replaces. */
export function definitionOf(stack: StackDefinition): StackDefinition {
  const {
    templateBody,
    description,
    parameters,
    resolvedParameters,
    tags,
    capabilities,
    notificationArns,
    roleArn,
  } = stack;
  return {
    templateBody,
    description,
    parameters,
    resolvedParameters,
    tags,
    capabilities,
    notificationArns,
    roleArn,
  };
}
