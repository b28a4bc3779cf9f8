import { randomUUID } from 'node:crypto';
import { AwsError } from '../../operations/AwsError';
import type {
  OperationContext,
  ServiceOperations,
} from '../../operations/OperationHandler';
import type { StackEngine } from '../engine/StackEngine';
import { withDefaults } from '../engine/checkUpdate';
import { checkCapabilities } from '../engine/requiredCapabilities';
import {
  RequestedDefinition,
  definitionFrom,
} from '../operations/definitionFrom';
import { paginate } from '../operations/paginate';
import { validationError } from '../operations/validationErrors';
import { checkReferences } from '../template/checkReferences';
import { parseTemplate } from '../template/parseTemplate';
import { StackSet } from './StackSet';
import {
  describeInstance,
  describeOperation,
  describeStackSet,
  summarizeInstance,
  summarizeOperation,
  summarizeStackSet,
} from './describeStackSet';
import { targetAccounts } from './deploymentTargets';

const PAGE_SIZE = 100;

function page<T>(items: T[], { NextToken, MaxResults }: Record<string, any>) {
  return paginate(items, {
    token: NextToken,
    pageSize: MaxResults ?? PAGE_SIZE,
    fail: () => validationError('Invalid NextToken'),
  });
}

/** The operations on stack sets. */
export function stackSetOperations({
  estate,
  stackSets,
}: StackEngine): ServiceOperations {
  const { store } = stackSets;

  /** Instances that a request's targets stand for, of those that are there. */
  function presentTargets(stackSet: StackSet, input: Record<string, any>) {
    const accounts = targetAccounts(estate, stackSet, input);
    const found = accounts.filter(({ account }) =>
      input.Regions.some((region: string) =>
        store.instance(stackSet.id, { account, region }),
      ),
    );
    if (found.length === 0) {
      throw new AwsError({
        code: 'StackInstanceNotFoundException',
        message: `No stack instances of the stack set ${stackSet.name} were found in the given accounts and regions`,
      });
    }
    return found;
  }

  return {
    async CreateStackSet(input, context) {
      const { StackSetName: name, ClientRequestToken } = input;
      const { accountId, region } = context;
      if (!/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(name)) {
        throw validationError(
          `1 validation error detected: Value '${name}' at 'stackSetName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
        );
      }
      const fields = stackSetFields(
        input,
        await definitionFrom(input, context),
        context,
      );
      const existing = store
        .list(context)
        .find(other => other.name === name && other.status === 'ACTIVE');
      if (existing) {
        if (
          ClientRequestToken &&
          existing.clientRequestToken === ClientRequestToken
        ) {
          return { StackSetId: existing.id };
        }
        throw new AwsError({
          code: 'NameAlreadyExistsException',
          message: `The Name ${name} already exists`,
        });
      }
      const id = `${name}:${randomUUID()}`;
      store.put({
        ...fields,
        id,
        arn: `arn:aws:cloudformation:${region}:${accountId}:stackset/${id}`,
        name,
        accountId,
        region,
        status: 'ACTIVE',
        clientRequestToken: ClientRequestToken,
        createdAt: new Date(context.now()).toISOString(),
      });
      return { StackSetId: id };
    },

    DescribeStackSet({ StackSetName }, context) {
      const stackSet = store.find(StackSetName, context);
      return {
        StackSet: describeStackSet(stackSet, store.instances(stackSet.id)),
      };
    },

    ListStackSets(input, context) {
      const { page: items, nextToken } = page(
        store
          .list(context)
          .filter(({ status }) => status === (input.Status ?? status)),
        input,
      );
      return { Summaries: items.map(summarizeStackSet), NextToken: nextToken };
    },

    async UpdateStackSet(input, context) {
      const stackSet = store.find(input.StackSetName, context);
      const definition = await definitionFrom(input, context, {
        ...stackSet,
        notificationArns: [],
      });
      const updated = {
        ...stackSet,
        ...stackSetFields(
          { PermissionModel: stackSet.permissionModel, ...input },
          definition,
          context,
        ),
        administrationRoleArn:
          input.AdministrationRoleARN ?? stackSet.administrationRoleArn,
        executionRoleName:
          input.ExecutionRoleName ?? stackSet.executionRoleName,
        autoDeployment: input.AutoDeployment ?? stackSet.autoDeployment,
        managedExecution: input.ManagedExecution ?? stackSet.managedExecution,
      };
      const present = store.instances(stackSet.id);
      const isChosen = input.DeploymentTargets ?? input.Accounts;
      const chosen = isChosen && targetAccounts(estate, updated, input);
      const targets = present.filter(
        ({ account, region }) =>
          (input.Regions ?? [region]).includes(region) &&
          (chosen ?? [{ account }]).some(
            (target: { account: string }) => target.account === account,
          ),
      );
      const { id } = stackSets.begin({
        stackSet: updated,
        action: 'UPDATE',
        accounts: [
          ...new Map(
            targets.map(({ account, organizationalUnitId }) => [
              account,
              { account, organizationalUnitId },
            ]),
          ).values(),
        ],
        regions: [...new Set(targets.map(({ region }) => region))],
        id: input.OperationId,
        preferences: input.OperationPreferences,
        deploymentTargets: input.DeploymentTargets,
      });
      return { OperationId: id };
    },

    DeleteStackSet({ StackSetName }, context) {
      let stackSet;
      try {
        stackSet = store.find(StackSetName, context);
      } catch {
        // Deleting what is not there succeeds.
        return {};
      }
      if (store.instances(stackSet.id).length > 0) {
        throw new AwsError({
          code: 'StackSetNotEmptyException',
          message: 'StackSet is not empty',
        });
      }
      store.put({ ...stackSet, status: 'DELETED' });
      return {};
    },

    CreateStackInstances(input, context) {
      const stackSet = store.find(input.StackSetName, context);
      const { id } = stackSets.begin({
        stackSet,
        action: 'CREATE',
        accounts: targetAccounts(estate, stackSet, input),
        regions: input.Regions,
        id: input.OperationId,
        preferences: input.OperationPreferences,
        deploymentTargets: input.DeploymentTargets,
        parameterOverrides: overridesFrom(input) ?? {},
      });
      return { OperationId: id };
    },

    UpdateStackInstances(input, context) {
      const stackSet = store.find(input.StackSetName, context);
      const { id } = stackSets.begin({
        stackSet,
        action: 'UPDATE',
        accounts: presentTargets(stackSet, input),
        regions: input.Regions,
        id: input.OperationId,
        preferences: input.OperationPreferences,
        deploymentTargets: input.DeploymentTargets,
        parameterOverrides: overridesFrom(input),
      });
      return { OperationId: id };
    },

    DeleteStackInstances(input, context) {
      const stackSet = store.find(input.StackSetName, context);
      const { id } = stackSets.begin({
        stackSet,
        action: 'DELETE',
        accounts: presentTargets(stackSet, input),
        regions: input.Regions,
        id: input.OperationId,
        preferences: input.OperationPreferences,
        deploymentTargets: input.DeploymentTargets,
        retainStacks: input.RetainStacks,
      });
      return { OperationId: id };
    },

    DescribeStackInstance(input, context) {
      const stackSet = store.find(input.StackSetName, context);
      const place = {
        account: input.StackInstanceAccount,
        region: input.StackInstanceRegion,
      };
      const instance = store.instance(stackSet.id, place);
      if (!instance) {
        throw new AwsError({
          code: 'StackInstanceNotFoundException',
          message: `Stack instance for stack set ${stackSet.name}, account ${place.account} and region ${place.region} not found`,
        });
      }
      return { StackInstance: describeInstance(instance, stackSet) };
    },

    ListStackInstances(input, context) {
      const { id } = store.find(input.StackSetName, context);
      const { StackInstanceAccount, StackInstanceRegion } = input;
      const { page: items, nextToken } = page(
        store
          .instances(id)
          .filter(
            ({ account, region }) =>
              account === (StackInstanceAccount ?? account) &&
              region === (StackInstanceRegion ?? region),
          ),
        input,
      );
      return { Summaries: items.map(summarizeInstance), NextToken: nextToken };
    },

    DescribeStackSetOperation(input, context) {
      const stackSet = store.find(input.StackSetName, context);
      return {
        StackSetOperation: describeOperation(
          findOperation(stackSet, input.OperationId),
          stackSet,
        ),
      };
    },

    ListStackSetOperations(input, context) {
      const { id } = store.find(input.StackSetName, context);
      const { page: items, nextToken } = page(store.operations(id), input);
      return { Summaries: items.map(summarizeOperation), NextToken: nextToken };
    },

    ListStackSetOperationResults(input, context) {
      const stackSet = store.find(input.StackSetName, context);
      const { targets } = findOperation(stackSet, input.OperationId);
      const { page: items, nextToken } = page(targets, input);
      return {
        Summaries: items.map(target => ({
          Account: target.account,
          Region: target.region,
          OrganizationalUnitId: target.organizationalUnitId,
          Status: target.status,
          StatusReason: target.statusReason,
        })),
        NextToken: nextToken,
      };
    },

    StopStackSetOperation(input, context) {
      const stackSet = store.find(input.StackSetName, context);
      const operation = findOperation(stackSet, input.OperationId);
      if (operation.status !== 'RUNNING') {
        throw new AwsError({
          code: 'InvalidOperationException',
          message: `Operation ${operation.id} can't be stopped: it is ${operation.status}`,
        });
      }
      store.updateOperation(operation, { status: 'STOPPING' });
      return {};
    },
  };

  function findOperation(stackSet: StackSet, id: string) {
    const operation = store.operation(stackSet.id, id);
    if (!operation) {
      throw new AwsError({
        code: 'OperationNotFoundException',
        message: `Operation ${id} not found`,
      });
    }
    return operation;
  }
}

function overridesFrom({
  ParameterOverrides,
}: Record<string, any>): Record<string, string> | undefined {
  return (
    ParameterOverrides &&
    Object.fromEntries(
      ParameterOverrides.map(({ ParameterKey, ParameterValue }: any) => [
        ParameterKey,
        ParameterValue ?? '',
      ]),
    )
  );
}

/** The part of a stack set that requests give, checked as far as that is possible without a stack. */
function stackSetFields(
  input: Record<string, any>,
  definition: RequestedDefinition,
  { estate, accountId }: OperationContext,
) {
  const permissionModel = input.PermissionModel ?? 'SELF_MANAGED';
  const organization = estate.organization.get('organization');
  const isAdministrator =
    input.CallAs === 'DELEGATED_ADMIN'
      ? estate.accounts.has(accountId)
      : organization?.managementAccountId === accountId;
  if (permissionModel === 'SERVICE_MANAGED' && !isAdministrator) {
    throw validationError(
      'You must be the management account or delegated admin account of an organization before operating a SERVICE_MANAGED stack set',
    );
  }
  const { templateBody, parameters, capabilities, tags } = definition;
  const template = parseTemplate(templateBody, parameters);
  checkReferences(template);
  checkCapabilities(template, capabilities);
  const undeclared = Object.keys(parameters).filter(
    name => !Object.hasOwn(template.Parameters, name),
  );
  if (undeclared.length > 0) {
    throw validationError(
      `Parameters: [${undeclared.join(', ')}] do not exist in the template`,
    );
  }
  return {
    description: input.Description ?? template.Description,
    templateBody,
    parameters: withDefaults(template, parameters),
    capabilities,
    tags,
    permissionModel,
    administrationRoleArn: input.AdministrationRoleARN,
    executionRoleName: input.ExecutionRoleName,
    autoDeployment: input.AutoDeployment,
    managedExecution: input.ManagedExecution,
  };
}
