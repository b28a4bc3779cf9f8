/** Tags as key to value. */
type Tags = Record<string, string>;

/**
 * Statuses a stack can have here.
 * {@link https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html}
 */
export type StackStatus =
  | 'CREATE_IN_PROGRESS'
  | 'CREATE_FAILED'
  | 'CREATE_COMPLETE'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_FAILED'
  | 'ROLLBACK_COMPLETE'
  | 'DELETE_IN_PROGRESS'
  | 'DELETE_FAILED'
  | 'DELETE_COMPLETE';

export type ResourceStatus =
  | 'CREATE_IN_PROGRESS'
  | 'CREATE_FAILED'
  | 'CREATE_COMPLETE'
  | 'DELETE_IN_PROGRESS'
  | 'DELETE_FAILED'
  | 'DELETE_SKIPPED'
  | 'DELETE_COMPLETE';

/** A resource of a stack, as far as it has come. */
export interface StackResource {
  logicalId: string;
  type: string;
  /** What `Ref` gives. Present as soon as something exists that must be deleted again. */
  physicalId?: string;
  status: ResourceStatus;
  statusReason?: string;
  /** ISO 8601. */
  timestamp: string;
  properties: Record<string, any>;
  attributes: Record<string, unknown>;
  retained: boolean;
  /** Position in which the resource came into being, for deleting in reverse. */
  position: number;
}

export interface StackOutput {
  key: string;
  value: string;
  description?: string;
  exportName?: string;
}

/** A CloudFormation stack. Keyed by its id. */
export interface Stack {
  /** ARN. */
  id: string;
  name: string;
  accountId: string;
  region: string;
  /** As whom the resources are made and deleted. */
  principalArn: string;
  roleArn?: string;
  templateBody: string;
  description?: string;
  /** Values as given or defaulted, including those of `NoEcho` parameters. */
  parameters: Record<string, string>;
  tags: Tags;
  capabilities: string[];
  notificationArns: string[];
  onFailure: 'ROLLBACK' | 'DELETE' | 'DO_NOTHING';
  terminationProtection: boolean;
  clientRequestToken?: string;
  status: StackStatus;
  statusReason?: string;
  /** Logical ids and reasons of what failed to be created, kept after the rollback. */
  failures: { logicalId: string; type: string; reason: string }[];
  /** Why the creation failed, kept after the rollback. */
  failureReason?: string;
  createdAt: string;
  lastUpdatedAt?: string;
  deletedAt?: string;
  outputs: StackOutput[];
  resources: Record<string, StackResource>;
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
export function isSettled(stack: Stack): boolean {
  return !stack.status.endsWith('_IN_PROGRESS');
}
