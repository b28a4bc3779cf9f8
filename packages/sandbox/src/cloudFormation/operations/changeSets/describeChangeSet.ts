import { Stack } from '../../engine/Stack';
import { ChangeSet } from '../../engine/changeSets/ChangeSet';
import { PlannedChange, PlannedDetail } from '../../engine/plan/planUpdate';
import { parameterList } from '../describe';
import { tagList } from '../../../estate/tagList';

/** A change set as `DescribeChangeSet` gives it. */
export function describeChangeSet(
  changeSet: ChangeSet,
  stack: Stack,
  options: { includePropertyValues?: boolean },
) {
  const { definition } = changeSet;
  return {
    ...summarizeChangeSet(changeSet, stack),
    Parameters: parameterList(definition),
    NotificationARNs: definition.notificationArns,
    RollbackConfiguration: {},
    Capabilities: definition.capabilities,
    Tags: tagList(definition.tags),
    OnStackFailure: changeSet.onStackFailure,
    Changes: changeSet.changes.map(change => ({
      Type: 'Resource',
      ResourceChange: describeChange(change, options),
    })),
  };
}

/** A change set as `ListChangeSets` gives it. */
export function summarizeChangeSet(changeSet: ChangeSet, stack: Stack) {
  return {
    ChangeSetName: changeSet.name,
    ChangeSetId: changeSet.id,
    StackId: stack.id,
    StackName: stack.name,
    Description: changeSet.description,
    CreationTime: changeSet.createdAt,
    ExecutionStatus: changeSet.executionStatus,
    Status: changeSet.status,
    StatusReason: changeSet.statusReason,
    IncludeNestedStacks: false,
    ImportExistingResources: false,
  };
}

function describeChange(
  change: PlannedChange,
  { includePropertyValues }: { includePropertyValues?: boolean },
) {
  const { before, after, details } = change;
  return {
    PolicyAction: change.policyAction,
    Action: change.action,
    LogicalResourceId: change.logicalId,
    PhysicalResourceId: change.physicalId,
    ResourceType: change.type,
    Replacement: change.replacement,
    Scope: [...new Set(details.map(({ attribute }) => attribute))],
    Details: details.flatMap(detail =>
      describeDetail(detail, includePropertyValues ?? false),
    ),
    ...(includePropertyValues && {
      BeforeContext: before && contextOf(before),
      AfterContext: after && contextOf(after),
    }),
  };
}

function contextOf({
  properties,
  tags,
}: NonNullable<PlannedChange['before']>): string {
  return JSON.stringify({ Properties: properties, Tags: tags });
}

/** One per cause. */
function describeDetail(detail: PlannedDetail, includeValues: boolean) {
  const { attribute, name, recreation, previous, next } = detail;
  return detail.causes.map(({ evaluation, source, entity }) => ({
    Target: {
      Attribute: attribute,
      Name: attribute === 'Properties' ? name : undefined,
      RequiresRecreation: recreation,
      ...(includeValues && {
        Path: `/${attribute}${attribute === 'Properties' ? `/${name}` : ''}`,
        BeforeValue: text(previous),
        AfterValue: text(next),
        AttributeChangeType: changeType(detail),
      }),
    },
    Evaluation: evaluation,
    ChangeSource: source,
    CausingEntity: entity,
  }));
}

function text(value: unknown): string | undefined {
  return value === undefined || typeof value === 'string'
    ? value
    : JSON.stringify(value);
}

function changeType({ previous, next }: PlannedDetail): string {
  if (previous === undefined) {
    return next === undefined ? 'Modify' : 'Add';
  }
  return next === undefined ? 'Remove' : 'Modify';
}
