import { parseTemplate } from '../template/parseTemplate';
import { StackInstance, StackSet, StackSetOperation } from './StackSet';
import { tagList } from '../../estate/tagList';

const MASK = '****';

function parameterList(
  values: Record<string, string>,
  { templateBody, parameters }: StackSet,
) {
  const { Parameters } = parseTemplate(templateBody, parameters);
  return Object.entries(values).map(([key, value]) => ({
    ParameterKey: key,
    ParameterValue: Parameters[key]?.NoEcho ? MASK : value,
  }));
}

/** A stack set as `DescribeStackSet` gives it. */
export function describeStackSet(
  stackSet: StackSet,
  instances: StackInstance[],
) {
  const distinct = (values: (string | undefined)[]) => [
    ...new Set(values.filter(value => value !== undefined)),
  ];
  return {
    ...summarizeStackSet(stackSet),
    StackSetARN: stackSet.arn,
    TemplateBody: stackSet.templateBody,
    Parameters: parameterList(stackSet.parameters, stackSet),
    Capabilities: stackSet.capabilities,
    Tags: tagList(stackSet.tags),
    AdministrationRoleARN: stackSet.administrationRoleArn,
    ExecutionRoleName: stackSet.executionRoleName,
    OrganizationalUnitIds: distinct(
      instances.map(({ organizationalUnitId }) => organizationalUnitId),
    ),
    Regions: distinct(instances.map(({ region }) => region)),
  };
}

/** A stack set as `ListStackSets` gives it. */
export function summarizeStackSet(stackSet: StackSet) {
  return {
    StackSetName: stackSet.name,
    StackSetId: stackSet.id,
    Description: stackSet.description,
    Status: stackSet.status,
    AutoDeployment: stackSet.autoDeployment,
    PermissionModel: stackSet.permissionModel,
    DriftStatus: 'NOT_CHECKED',
    ManagedExecution: stackSet.managedExecution ?? { Active: false },
  };
}

/** An instance as `DescribeStackInstance` gives it. */
export function describeInstance(instance: StackInstance, stackSet: StackSet) {
  return {
    ...summarizeInstance(instance),
    ParameterOverrides: parameterList(instance.parameterOverrides, stackSet),
  };
}

/** An instance as `ListStackInstances` gives it. */
export function summarizeInstance(instance: StackInstance) {
  return {
    StackSetId: instance.stackSetId,
    Account: instance.account,
    Region: instance.region,
    StackId: instance.stackId,
    OrganizationalUnitId: instance.organizationalUnitId,
    Status: instance.status,
    StatusReason: instance.statusReason,
    StackInstanceStatus: { DetailedStatus: instance.detailedStatus },
    DriftStatus: 'NOT_CHECKED',
    LastOperationId: instance.lastOperationId,
  };
}

/** An operation as `DescribeStackSetOperation` gives it. */
export function describeOperation(
  operation: StackSetOperation,
  stackSet: StackSet,
) {
  return {
    ...summarizeOperation(operation),
    StackSetId: operation.stackSetId,
    RetainStacks: operation.retainStacks,
    DeploymentTargets: operation.deploymentTargets,
    AdministrationRoleARN: stackSet.administrationRoleArn,
    ExecutionRoleName: stackSet.executionRoleName,
  };
}

/** An operation as `ListStackSetOperations` gives it. */
export function summarizeOperation(operation: StackSetOperation) {
  const failed = operation.targets.filter(({ status }) => status === 'FAILED');
  return {
    OperationId: operation.id,
    Action: operation.action,
    Status: operation.status,
    StatusReason: failed[0]?.statusReason,
    StatusDetails: { FailedStackInstancesCount: failed.length },
    CreationTimestamp: operation.createdAt,
    EndTimestamp: operation.endedAt,
    OperationPreferences: operation.preferences,
  };
}
