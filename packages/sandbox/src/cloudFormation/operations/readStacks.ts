import type { ServiceOperations } from '../../operations/OperationHandler';
import type { StackEngine } from '../engine/StackEngine';
import { Stack } from '../engine/Stack';
import { exportsOf, importersOf } from '../engine/exportsOf';
import { parseTemplate } from '../template/parseTemplate';
import {
  describeEvent,
  describeResource,
  describeStack,
  summarizeResource,
  summarizeStack,
} from './describe';
import { findStack } from './findStack';
import { paginate } from './paginate';
import { validationError } from './validationErrors';

const PAGE_SIZE = 100;

function invalidToken(): Error {
  return validationError('Invalid NextToken');
}

/** JSON text of the metadata that the template gives a resource. */
function metadataOf(
  { templateBody, parameters }: Stack,
  logicalId: string,
): string | undefined {
  const { Resources } = parseTemplate(templateBody, parameters);
  const metadata = Resources[logicalId]?.Metadata;
  return metadata === undefined ? undefined : JSON.stringify(metadata);
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

    DescribeStackResource({ StackName, LogicalResourceId }, context) {
      const stack = findStack(store, StackName, context);
      const resource = stack.resources[LogicalResourceId];
      if (!resource) {
        throw validationError(
          `Resource ${LogicalResourceId} does not exist for stack ${stack.name}`,
        );
      }
      const { Timestamp, ...detail } = describeResource(stack, resource);
      return {
        StackResourceDetail: {
          ...detail,
          LastUpdatedTimestamp: Timestamp,
          Metadata: metadataOf(stack, LogicalResourceId),
        },
      };
    },

    ListStackResources({ StackName, NextToken }, context) {
      const { resources } = findStack(store, StackName, context);
      const { page, nextToken } = paginate(Object.values(resources), {
        token: NextToken,
        pageSize: PAGE_SIZE,
        fail: invalidToken,
      });
      return {
        StackResourceSummaries: page.map(summarizeResource),
        NextToken: nextToken,
      };
    },

    ListExports({ NextToken }, context) {
      const { page, nextToken } = paginate(
        [...exportsOf(store, context)].sort(([left], [right]) =>
          left < right ? -1 : 1,
        ),
        { token: NextToken, pageSize: PAGE_SIZE, fail: invalidToken },
      );
      return {
        Exports: page.map(([Name, { stack, value }]) => ({
          ExportingStackId: stack.id,
          Name,
          Value: value,
        })),
        NextToken: nextToken,
      };
    },

    ListImports({ ExportName, NextToken }, context) {
      const importers = importersOf(store, context, ExportName);
      if (importers.length === 0) {
        throw validationError(
          `Export '${ExportName}' is not imported by any stack.`,
        );
      }
      const { page, nextToken } = paginate(importers, {
        token: NextToken,
        pageSize: PAGE_SIZE,
        fail: invalidToken,
      });
      return { Imports: page, NextToken: nextToken };
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
  };
}
