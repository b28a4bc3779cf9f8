import type { ResourceConfiguration } from '../../estate/latticeResources';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { randomId } from '../randomId';
import { canSee } from '../sharing';
import { quotaOf } from '../servicequotas/quotas';
import {
  checkName,
  checkOneOf,
  latticeArn,
  madeNow,
  page,
  updatedNow,
} from './common';
import { conflict, invalid, quotaExceeded } from './errors';
import { find } from './find';
import { findGateway } from './resourceGateways';

const TYPES = ['GROUP', 'CHILD', 'SINGLE', 'ARN', 'CIDR'] as const;

export const resourceConfigurationOperations: ServiceOperations = {
  CreateResourceConfiguration(input, context) {
    const { name, type, tags = {} } = input;
    const { estate, accountId, region } = context;
    checkName(name, { minimum: 3, maximum: 40, reservedPrefix: 'rcfg-' });
    checkOneOf('type', type, TYPES);
    const own = estate.resourceConfigurations.filter(
      candidate =>
        candidate.accountId === accountId && candidate.region === region,
    );
    const namesake = own.find(candidate => candidate.name === name);
    if (namesake) {
      throw conflict(
        'RESOURCE_CONFIGURATION',
        namesake.id,
        `Resource configuration with name ${name} already exists`,
      );
    }
    const quota = quotaOf(context, 'resourceConfigurationsPerRegion');
    if (own.length >= quota.value) {
      throw quotaExceeded(
        'RESOURCE_CONFIGURATION',
        quota.code,
        `There may be ${quota.value} resource configurations in a Region`,
      );
    }
    const place = placeOf(context, input);
    checkDefinition(type, input.resourceConfigurationDefinition);
    const id = randomId('rcfg');
    const arn = latticeArn(context, `resourceconfiguration/${id}`);
    const configuration: ResourceConfiguration = {
      ...madeNow(context),
      ...place,
      arn,
      id,
      name,
      status: 'ACTIVE',
      type,
      protocol: input.protocol ?? (type === 'ARN' ? undefined : 'TCP'),
      portRanges: input.portRanges,
      resourceConfigurationDefinition: input.resourceConfigurationDefinition,
      allowAssociationToShareableServiceNetwork:
        input.allowAssociationToShareableServiceNetwork ?? true,
      customDomainName: input.customDomainName,
      groupDomain: input.groupDomain,
      tags,
    };
    return estate.resourceConfigurations.put(arn, configuration);
  },

  GetResourceConfiguration({ resourceConfigurationIdentifier }, context) {
    return findConfiguration(context, resourceConfigurationIdentifier, {
      shared: true,
    });
  },

  ListResourceConfigurations(input, context) {
    const { resourceGatewayIdentifier, resourceConfigurationGroupIdentifier } =
      input;
    const { estate, accountId, region } = context;
    const isOf = (wanted: string | undefined, id: string | undefined) =>
      !wanted || wanted.split('/').at(-1) === id;
    const configurations = estate.resourceConfigurations.filter(
      candidate =>
        candidate.region === region &&
        canSee(estate, candidate, accountId) &&
        isOf(resourceGatewayIdentifier, candidate.resourceGatewayId) &&
        isOf(
          resourceConfigurationGroupIdentifier,
          candidate.resourceConfigurationGroupId,
        ),
    );
    return page(input, configurations, configuration => configuration);
  },

  UpdateResourceConfiguration(input, context) {
    const configuration = findConfiguration(
      context,
      input.resourceConfigurationIdentifier,
    );
    const definition =
      input.resourceConfigurationDefinition ??
      configuration.resourceConfigurationDefinition;
    checkDefinition(configuration.type, definition);
    return context.estate.resourceConfigurations.put(configuration.arn, {
      ...configuration,
      ...updatedNow(context),
      resourceConfigurationDefinition: definition,
      portRanges: input.portRanges ?? configuration.portRanges,
      allowAssociationToShareableServiceNetwork:
        input.allowAssociationToShareableServiceNetwork ??
        configuration.allowAssociationToShareableServiceNetwork,
    });
  },

  DeleteResourceConfiguration({ resourceConfigurationIdentifier }, context) {
    const { estate } = context;
    const { arn, id } = findConfiguration(
      context,
      resourceConfigurationIdentifier,
    );
    const isUsed =
      estate.resourceAssociations.find(
        association => association.resourceConfigurationArn === arn,
      ) ??
      estate.vpcEndpoints.find(
        endpoint => endpoint.resourceConfigurationArn === arn,
      ) ??
      estate.resourceConfigurations.find(
        child => child.resourceConfigurationGroupId === id,
      );
    if (isUsed) {
      throw conflict(
        'RESOURCE_CONFIGURATION',
        id,
        `Resource configuration ${id} still has associations or children`,
      );
    }
    estate.resourceConfigurations.delete(arn);
  },
};

/** Own ones; with `shared` also those a resource share gives. */
export function findConfiguration(
  context: OperationContext,
  identifier: string,
  options?: { shared?: boolean },
): ResourceConfiguration {
  const { resourceConfigurations } = context.estate;
  return find(
    context,
    'RESOURCE_CONFIGURATION',
    resourceConfigurations,
    identifier,
    options,
  );
}

/** Children stand in a group and have its gateway; all others but ARNs have one of their own. */
function placeOf(context: OperationContext, input: Record<string, any>) {
  const { type, resourceGatewayIdentifier } = input;
  if (type === 'CHILD') {
    if (!input.resourceConfigurationGroupIdentifier) {
      throw invalid(
        'resourceConfigurationGroupIdentifier',
        'A configuration of type CHILD needs a group',
      );
    }
    const group = findConfiguration(
      context,
      input.resourceConfigurationGroupIdentifier,
    );
    if (group.type !== 'GROUP') {
      throw invalid(
        'resourceConfigurationGroupIdentifier',
        `${group.id} is not of type GROUP`,
      );
    }
    return {
      resourceConfigurationGroupId: group.id,
      resourceGatewayId: group.resourceGatewayId,
    };
  }
  if (!resourceGatewayIdentifier && type !== 'ARN') {
    throw invalid(
      'resourceGatewayIdentifier',
      `A configuration of type ${type} needs a resource gateway`,
    );
  }
  return resourceGatewayIdentifier
    ? { resourceGatewayId: findGateway(context, resourceGatewayIdentifier).id }
    : {};
}

function checkDefinition(
  type: ResourceConfiguration['type'],
  definition: Record<string, unknown> | undefined,
): void {
  const wanted: Record<string, string[]> = {
    GROUP: [],
    CHILD: ['dnsResource', 'ipResource'],
    SINGLE: ['dnsResource', 'ipResource'],
    ARN: ['arnResource'],
    CIDR: ['cidrResource'],
  };
  const given = Object.keys(definition ?? {}).filter(
    key => definition?.[key] !== undefined,
  );
  const isRight =
    wanted[type].length === 0
      ? given.length === 0
      : given.length === 1 && wanted[type].includes(given[0]);
  if (!isRight) {
    throw invalid(
      'resourceConfigurationDefinition',
      wanted[type].length === 0
        ? `A configuration of type ${type} has no definition`
        : `A configuration of type ${type} is defined by ${wanted[type].join(
            ' or ',
          )}`,
    );
  }
}
