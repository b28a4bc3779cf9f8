import type { ServiceOperations } from '../../operations/OperationHandler';
import type { StackEngine } from '../engine/StackEngine';
import {
  describeEvent,
  describeResource,
  describeStack,
  summarizeStack,
} from './describe';
import { findStack } from './findStack';
import { paginate } from './paginate';
import { validationError } from './validationErrors';

const PAGE_SIZE = 100;

function invalidToken(): Error {
  return validationError('Invalid NextToken');
}

/** The operations that read stacks. */
export function readStacks({ store }: StackEngine): ServiceOperations {
  return {
    DescribeStacks({ StackName, NextToken }, context) {
      const stacks = StackName
        ? [findStack(store, StackName, context)]
        : store
            .list(context)
            .filter(({ status }) => status !== 'DELETE_COMPLETE');
      const { page, nextToken } = paginate(stacks, {
        token: NextToken,
        pageSize: PAGE_SIZE,
        fail: invalidToken,
      });
      return { Stacks: page.map(describeStack), NextToken: nextToken };
    },

    DescribeStackEvents({ StackName, NextToken }, context) {
      const { id } = findStack(store, StackName, context);
      const { page, nextToken } = paginate(store.events(id), {
        token: NextToken,
        pageSize: PAGE_SIZE,
        fail: invalidToken,
      });
      return { StackEvents: page.map(describeEvent), NextToken: nextToken };
    },

    DescribeStackResources(input, context) {
      const { StackName, LogicalResourceId, PhysicalResourceId } = input;
      const stack = StackName
        ? findStack(store, StackName, context)
        : store
            .list(context)
            .find(({ resources }) =>
              Object.values(resources).some(
                ({ physicalId }) => physicalId === PhysicalResourceId,
              ),
            );
      if (!stack) {
        throw validationError(`Stack for ${PhysicalResourceId} does not exist`);
      }
      return {
        StackResources: Object.values(stack.resources)
          .filter(
            ({ logicalId }) =>
              !LogicalResourceId || logicalId === LogicalResourceId,
          )
          .map(resource => describeResource(stack, resource)),
      };
    },

    ListStacks({ StackStatusFilter, NextToken }, context) {
      const stacks = store
        .list(context)
        .filter(
          ({ status }) =>
            !StackStatusFilter?.length || StackStatusFilter.includes(status),
        );
      const { page, nextToken } = paginate(stacks, {
        token: NextToken,
        pageSize: PAGE_SIZE,
        fail: invalidToken,
      });
      return {
        StackSummaries: page.map(summarizeStack),
        NextToken: nextToken,
      };
    },

    GetTemplate({ StackName }, context) {
      return {
        TemplateBody: findStack(store, StackName, context).templateBody,
        StagesAvailable: ['Original'],
      };
    },
  };
}
