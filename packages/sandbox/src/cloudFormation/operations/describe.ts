import { Template } from '../template/Template';
import { parseTemplate } from '../template/parseTemplate';
import {
  Stack,
  StackDefinition,
  StackEvent,
  StackResource,
} from '../engine/Stack';
import { tagList } from '../../estate/tagList';

const MASK = '****';

/** Parameters as operations give them, without the values of those that are not to be shown. */
export function parameterList({
  parameters,
  resolvedParameters = {},
  templateBody,
}: StackDefinition) {
  // A stack that waits for its first change set has no template yet.
  const { Parameters } = templateBody
    ? parseTemplate(templateBody, parameters)
    : { Parameters: {} as Template['Parameters'] };
  return Object.entries(parameters).map(([key, value]) => ({
    ParameterKey: key,
    ParameterValue: Parameters[key]?.NoEcho ? MASK : value,
    ResolvedValue: Parameters[key]?.NoEcho
      ? undefined
      : resolvedParameters[key],
  }));
}

function stateOfStack(stack: Stack) {
  return {
    StackId: stack.id,
    StackName: stack.name,
    CreationTime: stack.createdAt,
    DeletionTime: stack.deletedAt,
    LastUpdatedTime: stack.lastUpdatedAt,
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  };
}

/** A stack as `DescribeStacks` gives it. */
export function describeStack(stack: Stack) {
  return {
    ...stateOfStack(stack),
    Description: stack.description,
    Parameters: parameterList(stack),
    DisableRollback:
      stack.update?.disableRollback ?? stack.onFailure === 'DO_NOTHING',
    RollbackConfiguration: {},
    ChangeSetId: stack.changeSetId,
    RetainExceptOnCreate: stack.retainExceptOnCreate,
    NotificationARNs: stack.notificationArns,
    Capabilities: stack.capabilities,
    Outputs: stack.outputs.map(output => ({
      OutputKey: output.key,
      OutputValue: output.value,
      Description: output.description,
      ExportName: output.exportName,
    })),
    RoleARN: stack.roleArn,
    Tags: tagList(stack.tags),
    EnableTerminationProtection: stack.terminationProtection,
  };
}

/** A stack as `ListStacks` gives it. */
export function summarizeStack(stack: Stack) {
  return {
    ...stateOfStack(stack),
    TemplateDescription: stack.description,
  };
}

/** An event as `DescribeStackEvents` gives it. */
export function describeEvent(event: StackEvent) {
  return {
    StackId: event.stackId,
    EventId: event.id,
    StackName: event.stackName,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId ?? '',
    ResourceType: event.type,
    Timestamp: event.timestamp,
    ResourceStatus: event.status,
    ResourceStatusReason: event.statusReason,
    ResourceProperties: event.properties,
    ClientRequestToken: event.clientRequestToken,
  };
}

function stateOfResource(resource: StackResource) {
  return {
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    ResourceStatus: resource.status,
    ResourceStatusReason: resource.statusReason,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  };
}

/** A resource as `DescribeStackResources` gives it. */
export function describeResource(stack: Stack, resource: StackResource) {
  return {
    ...stateOfResource(resource),
    StackName: stack.name,
    StackId: stack.id,
    Timestamp: resource.timestamp,
  };
}

/** A resource as `ListStackResources` gives it. */
export function summarizeResource(resource: StackResource) {
  return {
    ...stateOfResource(resource),
    LastUpdatedTimestamp: resource.timestamp,
  };
}
