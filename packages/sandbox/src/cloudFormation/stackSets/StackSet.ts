import type { Tags } from '../engine/Stack';

/** A stack set. Keyed by its id. */
export interface StackSet {
  /** `name:uuid`. */
  id: string;
  arn: string;
  name: string;
  accountId: string;
  region: string;
  status: 'ACTIVE' | 'DELETED';
  description?: string;
  templateBody: string;
  parameters: Record<string, string>;
  tags: Tags;
  capabilities: string[];
  permissionModel: 'SELF_MANAGED' | 'SERVICE_MANAGED';
  /** Of the administrator account, for a self-managed one. */
  administrationRoleArn?: string;
  /** Name of the role in each target account, for a self-managed one. */
  executionRoleName?: string;
  autoDeployment?: Record<string, unknown>;
  /** Kept and told; operations that conflict are refused all the same, not queued. */
  managedExecution?: { Active?: boolean };
  clientRequestToken?: string;
  createdAt: string;
}

/** A stack of a stack set in one account and region. Keyed `stackSetId/account/region`. */
export interface StackInstance {
  stackSetId: string;
  account: string;
  region: string;
  organizationalUnitId?: string;
  /** Name of the stack, fixed before it is made. */
  stackName: string;
  stackId?: string;
  parameterOverrides: Record<string, string>;
  status: 'CURRENT' | 'OUTDATED' | 'INOPERABLE';
  detailedStatus: TargetStatus;
  statusReason?: string;
  lastOperationId: string;
}

export type TargetStatus =
  | 'PENDING'
  | 'RUNNING'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'CANCELLED';

/** Where an operation makes, changes or deletes a stack. */
export interface OperationTarget {
  account: string;
  region: string;
  organizationalUnitId?: string;
  status: TargetStatus;
  statusReason?: string;
}

/** An operation on a stack set. Keyed `stackSetId/id`. */
export interface StackSetOperation {
  id: string;
  stackSetId: string;
  action: 'CREATE' | 'UPDATE' | 'DELETE';
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'STOPPING' | 'STOPPED';
  preferences: Record<string, any>;
  /** Of the request: what the targets were made of. */
  deploymentTargets?: Record<string, unknown>;
  /** Overrides to be set on the targets; `undefined` leaves those that are there. */
  parameterOverrides?: Record<string, string>;
  retainStacks?: boolean;
  createdAt: string;
  endedAt?: string;
  targets: OperationTarget[];
}
