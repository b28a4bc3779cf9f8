import type { TaskDefinition } from '../../estate/containerResources';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { trusts } from '../lambda/trusts';
import {
  clientError,
  ecsArn,
  ecsPage,
  findTaskDefinition,
  revisionsOf,
  tagList,
  tagsFrom,
} from './common';

/** Memory in MiB that Fargate has for each number of CPU units: [least, most, step]. */
const FARGATE_SIZES: Record<string, [number, number, number]> = {
  256: [512, 2048, 512],
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16_384, 1024],
  4096: [8192, 30_720, 1024],
  8192: [16_384, 61_440, 4096],
  16384: [32_768, 122_880, 8192],
};

export const taskDefinitionOperations: ServiceOperations = {
  RegisterTaskDefinition(input, context) {
    const { family, containerDefinitions = [], tags, ...settings } = input;
    const { accountId, region, estate } = context;
    if (!/^[\w-]{1,255}$/.test(family)) {
      throw clientError('Family contains invalid characters.');
    }
    if (containerDefinitions.length === 0) {
      throw clientError('Container list cannot be empty.');
    }
    checkSize(settings);
    checkRole(context, settings.executionRoleArn);
    checkRole(context, settings.taskRoleArn);
    const revision = (revisionsOf(context, family).at(-1)?.revision ?? 0) + 1;
    const arn = ecsArn(context, `task-definition/${family}:${revision}`);
    const definition = estate.taskDefinitions.put(arn, {
      accountId,
      region,
      arn,
      family,
      revision,
      status: 'ACTIVE',
      containerDefinitions,
      settings,
      tags: tagsFrom(tags),
      registeredAt: new Date(context.now()).toISOString(),
    });
    return {
      taskDefinition: describe(definition),
      tags: tagList(definition.tags),
    };
  },

  DescribeTaskDefinition(input, context) {
    const definition = findTaskDefinition(context, input.taskDefinition);
    return {
      taskDefinition: describe(definition),
      tags: tagList(definition.tags),
    };
  },

  ListTaskDefinitions(input, context) {
    const { accountId, region, estate } = context;
    const { familyPrefix, status = 'ACTIVE' } = input;
    const { items, nextToken } = ecsPage(
      input,
      estate.taskDefinitions
        .filter(
          definition =>
            definition.accountId === accountId &&
            definition.region === region &&
            definition.status === status &&
            (!familyPrefix || definition.family === familyPrefix),
        )
        .map(({ arn }) => arn),
    );
    return { taskDefinitionArns: items, nextToken };
  },

  DeregisterTaskDefinition(input, context) {
    const definition = findTaskDefinition(context, input.taskDefinition);
    const updated = context.estate.taskDefinitions.put(definition.arn, {
      ...definition,
      status: 'INACTIVE',
    });
    return { taskDefinition: describe(updated) };
  },
};

function checkSize(settings: Record<string, any>): void {
  const { requiresCompatibilities = [], networkMode, cpu, memory } = settings;
  if (!requiresCompatibilities.includes('FARGATE')) {
    return;
  }
  if (networkMode !== 'awsvpc') {
    throw clientError('Fargate only supports network mode ‘awsvpc’.');
  }
  const [least, most, step] = FARGATE_SIZES[cpu] ?? [1, 0, 1];
  const size = Number(memory);
  // With a quarter of a CPU there are half steps: 512, 1024 and 2048 MiB.
  if (
    !(size >= least && size <= most && size % step === 0) ||
    (Number(cpu) === 256 && size === 1536)
  ) {
    throw clientError(
      'No Fargate configuration exists for given values: ' +
        `${cpu} CPU, ${memory} memory. See the Amazon ECS documentation for the valid values.`,
    );
  }
}

function checkRole(
  { estate }: OperationContext,
  roleArn: string | undefined,
): void {
  const role = roleArn ? estate.roles.get(roleArn) : undefined;
  if (
    roleArn &&
    !(role && trusts(role.trustPolicy, 'ecs-tasks.amazonaws.com'))
  ) {
    throw clientError('Role is not valid');
  }
}

function describe(definition: TaskDefinition) {
  return {
    ...definition.settings,
    taskDefinitionArn: definition.arn,
    family: definition.family,
    revision: definition.revision,
    status: definition.status,
    containerDefinitions: definition.containerDefinitions,
    compatibilities: definition.settings.requiresCompatibilities,
    registeredAt: definition.registeredAt,
  };
}
