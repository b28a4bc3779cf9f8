import { randomUUID } from 'node:crypto';
import { AwsError } from '../../../operations/AwsError';
import type {
  OperationContext,
  ServiceOperations,
} from '../../../operations/OperationHandler';
import { Stack, definitionOf } from '../../engine/Stack';
import type { StackEngine } from '../../engine/StackEngine';
import { ChangeSet } from '../../engine/changeSets/ChangeSet';
import { checkUpdatable, checkUpdate } from '../../engine/checkUpdate';
import { checkStackName } from '../checkStackName';
import { RequestedDefinition, definitionFrom } from '../definitionFrom';
import { findStack } from '../findStack';
import { paginate } from '../paginate';
import { validationError } from '../validationErrors';
import { describeChangeSet, summarizeChangeSet } from './describeChangeSet';

const PAGE_SIZE = 100;
const NO_CHANGES =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

/** The operations on change sets. */
export function changeSetOperations(engine: StackEngine): ServiceOperations {
  const { store, changeSets } = engine;
  return {
    async CreateChangeSet(input, context) {
      const { ChangeSetName: name, ClientToken: clientToken } = input;
      const type = input.ChangeSetType ?? 'UPDATE';
      refuseUnsupported(input);
      const definition = await definitionFrom(
        input,
        context,
        presentStack(engine, input, context),
      );
      const { stack, isNew } = stackFor(engine, input, context, type);
      const existing = changeSets.find({ nameOrId: name, stackId: stack.id });
      if (existing) {
        if (clientToken && existing.clientToken === clientToken) {
          return { Id: existing.id, StackId: stack.id };
        }
        throw new AwsError({
          code: 'AlreadyExistsException',
          message: `ChangeSet ${name} already exists`,
        });
      }
      try {
        const changeSet = createChangeSet({
          engine,
          stack,
          type,
          requested: definition,
          input,
          now: context.now(),
        });
        changeSets.put(changeSet);
        return { Id: changeSet.id, StackId: stack.id };
      } catch (error) {
        if (isNew) {
          store.remove(stack.id);
        }
        throw error;
      }
    },

    DescribeChangeSet(input, context) {
      const changeSet = findChangeSet(engine, input, context);
      const { page, nextToken } = paginate(changeSet.changes, {
        token: input.NextToken,
        pageSize: PAGE_SIZE,
        fail: () => validationError('Invalid NextToken'),
      });
      return {
        ...describeChangeSet(
          { ...changeSet, changes: page },
          store.get(changeSet.stackId),
          { includePropertyValues: input.IncludePropertyValues },
        ),
        NextToken: nextToken,
      };
    },

    ListChangeSets({ StackName, NextToken }, context) {
      const stack = findStack(store, StackName, context);
      const { page, nextToken } = paginate(changeSets.list(stack.id), {
        token: NextToken,
        pageSize: PAGE_SIZE,
        fail: () => validationError('Invalid NextToken'),
      });
      return {
        Summaries: page.map(changeSet => summarizeChangeSet(changeSet, stack)),
        NextToken: nextToken,
      };
    },

    ExecuteChangeSet(input, context) {
      execute(engine, findChangeSet(engine, input, context), input);
      return {};
    },

    DeleteChangeSet(input, context) {
      const changeSet = findChangeSet(engine, input, context, {
        isOptional: true,
      });
      if (changeSet?.executionStatus === 'EXECUTE_IN_PROGRESS') {
        throw invalidStatus(changeSet, 'deleted');
      }
      if (changeSet) {
        changeSets.delete(changeSet);
      }
      return {};
    },
  };
}

function refuseUnsupported(input: Record<string, any>): void {
  const unsupported = [
    input.ChangeSetType === 'IMPORT' && 'ChangeSetType IMPORT',
    input.ResourcesToImport?.length > 0 && 'ResourcesToImport',
    input.ImportExistingResources && 'ImportExistingResources',
    input.DeploymentMode && 'DeploymentMode',
  ].filter(Boolean);
  if (unsupported.length > 0) {
    throw validationError(
      `The sandbox does not support ${unsupported.join(', ')}`,
    );
  }
}

function presentStack(
  { store }: StackEngine,
  { StackName: nameOrId }: Record<string, any>,
  { accountId, region }: OperationContext,
): Stack | undefined {
  const found = store.find({ accountId, region, nameOrId });
  return found?.status === 'DELETE_COMPLETE' ? undefined : found;
}

function stackFor(
  engine: StackEngine,
  { StackName: nameOrId, ChangeSetName }: Record<string, any>,
  context: OperationContext,
  type: ChangeSet['type'],
): { stack: Stack; isNew: boolean } {
  const { accountId, region, principalArn } = context;
  const stack = presentStack(engine, { StackName: nameOrId }, context);
  if (type === 'UPDATE') {
    if (!stack) {
      throw validationError(`Stack [${nameOrId}] does not exist`);
    }
    return { stack, isNew: false };
  }
  if (stack && stack.status !== 'REVIEW_IN_PROGRESS') {
    throw validationError(
      `Stack [${nameOrId}] already exists and cannot be created again with the changeSet [${ChangeSetName}].`,
    );
  }
  if (stack) {
    return { stack, isNew: false };
  }
  checkStackName(nameOrId);
  return {
    stack: engine.addForReview({
      name: nameOrId,
      accountId,
      region,
      principalArn,
    }),
    isNew: true,
  };
}

function createChangeSet(options: {
  engine: StackEngine;
  stack: Stack;
  type: ChangeSet['type'];
  requested: RequestedDefinition;
  input: Record<string, any>;
  now: number;
}): ChangeSet {
  const { engine, stack, type, requested, input, now } = options;
  if (type === 'UPDATE') {
    checkUpdatable(stack);
  }
  const { definition, changes, isEmpty } = checkUpdate({
    store: engine.store,
    stack,
    definition: definitionOf(requested),
  });
  const { region, accountId } = stack;
  const { ChangeSetName: name } = input;
  return {
    id: `arn:aws:cloudformation:${region}:${accountId}:changeSet/${name}/${randomUUID()}`,
    name,
    description: input.Description,
    stackId: stack.id,
    type,
    status: isEmpty ? 'FAILED' : 'CREATE_COMPLETE',
    statusReason: isEmpty ? NO_CHANGES : undefined,
    executionStatus: isEmpty ? 'UNAVAILABLE' : 'AVAILABLE',
    createdAt: new Date(now).toISOString(),
    clientToken: input.ClientToken,
    definition,
    principalArn: requested.principalArn,
    onStackFailure: input.OnStackFailure,
    changes,
  };
}

function findChangeSet(
  engine: StackEngine,
  input: Record<string, any>,
  context: OperationContext,
): ChangeSet;
function findChangeSet(
  engine: StackEngine,
  input: Record<string, any>,
  context: OperationContext,
  options: { isOptional: true },
): ChangeSet | undefined;
function findChangeSet(
  { store, changeSets }: StackEngine,
  { ChangeSetName: nameOrId, StackName }: Record<string, any>,
  context: OperationContext,
  { isOptional = false } = {},
): ChangeSet | undefined {
  if (!nameOrId.startsWith('arn:') && !StackName) {
    throw validationError(
      'StackName must be specified if ChangeSetName is not specified as an ARN.',
    );
  }
  const stackId = StackName && findStack(store, StackName, context).id;
  const found = changeSets.find({ nameOrId, stackId });
  const isOwn =
    found && store.get(found.stackId).accountId === context.accountId;
  if (!isOwn && !isOptional) {
    throw new AwsError({
      code: 'ChangeSetNotFoundException',
      message: `ChangeSet [${nameOrId}] does not exist`,
    });
  }
  return isOwn ? found : undefined;
}

function invalidStatus(changeSet: ChangeSet, verb: string): AwsError {
  const { id, status, executionStatus } = changeSet;
  return new AwsError({
    code: 'InvalidChangeSetStatusException',
    message: `ChangeSet [${id}] cannot be ${verb} in its current execution status of [${
      status === 'FAILED' ? status : executionStatus
    }]`,
  });
}

function execute(
  engine: StackEngine,
  changeSet: ChangeSet,
  input: Record<string, any>,
): void {
  const { changeSets } = engine;
  const { id, stackId, type, executionStatus, onStackFailure } = changeSet;
  const { DisableRollback, RetainExceptOnCreate, ClientRequestToken } = input;
  if (executionStatus !== 'AVAILABLE') {
    throw invalidStatus(changeSet, 'executed');
  }
  const request = {
    ...changeSet.definition,
    principalArn: changeSet.principalArn,
    disableRollback: DisableRollback ?? onStackFailure === 'DO_NOTHING',
    retainExceptOnCreate: RetainExceptOnCreate,
    clientRequestToken: ClientRequestToken,
    changeSetId: id,
  };
  if (type === 'CREATE') {
    engine.createReviewed(stackId, {
      ...request,
      onFailure: DisableRollback ? 'DO_NOTHING' : onStackFailure ?? 'ROLLBACK',
    });
  } else {
    engine.updateStack(stackId, request);
  }
  changeSets.put({ ...changeSet, executionStatus: 'EXECUTE_IN_PROGRESS' });
}
