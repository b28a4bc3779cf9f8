import { ResourceProvider, ResourceRequest } from '../ResourceProvider';
import { tagList } from '../../../estate/tagList';

/** Stacks in many accounts take longer than a single resource. */
const OPERATION_SECONDS = 1800;

interface Instance {
  Account: string;
  Region: string;
  OrganizationalUnitId?: string;
}

interface Group {
  DeploymentTargets: {
    Accounts?: string[];
    OrganizationalUnitIds?: string[];
    AccountFilterType?: string;
  };
  Regions: string[];
  ParameterOverrides?: Record<string, string>[];
}

type Work = Pick<ResourceRequest, 'call' | 'until' | 'properties'>;

function callAs({ properties }: Pick<Work, 'properties'>) {
  return { CallAs: properties.CallAs };
}

function definition({
  properties,
  tags,
}: Pick<ResourceRequest, 'properties' | 'tags'>): Record<string, unknown> {
  const { StackInstancesGroup, StackSetName, PermissionModel, ...rest } =
    properties;
  return {
    ...rest,
    Tags: tagList(tags),
  };
}

/** Runs an operation of the stack set to its end. @throws Error when it fails. */
async function operate(
  work: Work,
  StackSetName: string,
  operation: string,
  input: Record<string, unknown>,
): Promise<void> {
  const { call, until, properties } = work;
  const common = { StackSetName, ...callAs(work) };
  const { OperationId } = await call('cloudformation', operation, {
    ...common,
    OperationPreferences: properties.OperationPreferences,
    ...input,
  });
  const { Status, StatusReason } = await until(
    async () => {
      const { StackSetOperation } = await call(
        'cloudformation',
        'DescribeStackSetOperation',
        { ...common, OperationId },
      );
      return ['SUCCEEDED', 'FAILED', 'STOPPED'].includes(
        StackSetOperation.Status,
      )
        ? StackSetOperation
        : undefined;
    },
    { seconds: OPERATION_SECONDS },
  );
  if (Status !== 'SUCCEEDED') {
    throw new Error(
      `Stack set operation [${OperationId}] was unexpectedly ${String(
        Status,
      ).toLowerCase()}: ${StatusReason ?? 'no reason is given'}`,
    );
  }
}

async function deploy(
  work: Work,
  stackSet: string,
  groups: Group[],
): Promise<void> {
  for (const group of groups) {
    await operate(work, stackSet, 'CreateStackInstances', { ...group });
  }
}

async function instancesOf(
  { call, ...work }: Work,
  StackSetName: string,
): Promise<Instance[]> {
  const instances: Instance[] = [];
  let NextToken: string | undefined;
  do {
    const answer = await call('cloudformation', 'ListStackInstances', {
      StackSetName,
      ...callAs(work),
      NextToken,
    });
    instances.push(...answer.Summaries);
    ({ NextToken } = answer);
  } while (NextToken);
  return instances;
}

function isWanted(
  { Account, Region, OrganizationalUnitId }: Instance,
  { DeploymentTargets, Regions }: Group,
): boolean {
  const { Accounts = [], OrganizationalUnitIds = [] } = DeploymentTargets;
  const filter =
    DeploymentTargets.AccountFilterType ??
    (Accounts.length > 0 ? 'INTERSECTION' : 'NONE');
  const isNamed = Accounts.includes(Account);
  const isBelow =
    OrganizationalUnitId !== undefined &&
    OrganizationalUnitIds.includes(OrganizationalUnitId);
  if (!Regions.includes(Region)) {
    return false;
  }
  if (OrganizationalUnitIds.length === 0) {
    return isNamed;
  }
  const outcomes: Record<string, boolean> = {
    NONE: isBelow,
    INTERSECTION: isBelow && isNamed,
    DIFFERENCE: isBelow && !isNamed,
    UNION: isBelow || isNamed,
  };
  return outcomes[filter];
}

/** Deletes the instances that none of the groups wants. */
async function removeUnwanted(
  work: Work,
  stackSet: string,
  groups: Group[],
): Promise<void> {
  const instances = await instancesOf(work, stackSet);
  const unwanted = instances.filter(
    instance => !groups.some(group => isWanted(instance, group)),
  );
  for (const { Account, Region, OrganizationalUnitId } of unwanted) {
    await operate(work, stackSet, 'DeleteStackInstances', {
      DeploymentTargets: OrganizationalUnitId
        ? {
            OrganizationalUnitIds: [OrganizationalUnitId],
            Accounts: [Account],
            AccountFilterType: 'INTERSECTION',
          }
        : { Accounts: [Account] },
      Regions: [Region],
      RetainStacks: false,
    });
  }
}

export const stackSet: ResourceProvider = {
  type: 'AWS::CloudFormation::StackSet',
  properties: [
    'AdministrationRoleARN',
    'AutoDeployment',
    'CallAs',
    'Capabilities',
    'Description',
    'ExecutionRoleName',
    'ManagedExecution',
    'OperationPreferences',
    'Parameters',
    'PermissionModel',
    'StackInstancesGroup',
    'StackSetName',
    'Tags',
    'TemplateBody',
  ],
  async create(request) {
    const { properties, call, exists } = request;
    const { OperationPreferences, ...input } = definition(request);
    const { StackSetId } = await call('cloudformation', 'CreateStackSet', {
      ...input,
      StackSetName: properties.StackSetName,
      PermissionModel: properties.PermissionModel,
    });
    exists(StackSetId);
    await deploy(request, StackSetId, properties.StackInstancesGroup ?? []);
    return { physicalId: StackSetId, attributes: { StackSetId } };
  },
  async update(request) {
    const { physicalId, properties } = request;
    const groups = properties.StackInstancesGroup ?? [];
    await removeUnwanted(request, physicalId, groups);
    await operate(request, physicalId, 'UpdateStackSet', definition(request));
    // Instances that are there already take over their overrides.
    await deploy(request, physicalId, groups);
    return {};
  },
  async delete(request) {
    const { physicalId, call } = request;
    await removeUnwanted(request, physicalId, []);
    await call('cloudformation', 'DeleteStackSet', {
      StackSetName: physicalId,
      ...callAs(request),
    });
  },
};
