import { ResourceProvider } from '../ResourceProvider';
import { lowerKeys } from './lowerKeys';
import { retag } from './retag';

/** In CloudFormation the definition of an ARN is the text itself. */
function definitionOf(definition: any) {
  if (definition === undefined) {
    return undefined;
  }
  const { ArnResource, ...rest } = definition;
  return ArnResource
    ? { arnResource: { arn: ArnResource } }
    : ipOrDns(lowerKeys(rest));
}

function ipOrDns(definition: any) {
  return typeof definition.ipResource === 'string'
    ? { ipResource: { ipAddress: definition.ipResource } }
    : definition;
}

export const resourceConfiguration: ResourceProvider = {
  type: 'AWS::VpcLattice::ResourceConfiguration',
  properties: [
    'AllowAssociationToSharableServiceNetwork',
    'CustomDomainName',
    'GroupDomain',
    'Name',
    'PortRanges',
    'ProtocolType',
    'ResourceConfigurationDefinition',
    'ResourceConfigurationGroupId',
    'ResourceConfigurationType',
    'ResourceGatewayId',
    'Tags',
  ],
  async create({ properties, tags, call, exists }) {
    const made = await call('vpc-lattice', 'CreateResourceConfiguration', {
      name: properties.Name,
      type: properties.ResourceConfigurationType,
      portRanges: properties.PortRanges,
      protocol: properties.ProtocolType,
      resourceGatewayIdentifier: properties.ResourceGatewayId,
      resourceConfigurationGroupIdentifier:
        properties.ResourceConfigurationGroupId,
      resourceConfigurationDefinition: definitionOf(
        properties.ResourceConfigurationDefinition,
      ),
      allowAssociationToShareableServiceNetwork:
        properties.AllowAssociationToSharableServiceNetwork,
      customDomainName: properties.CustomDomainName,
      groupDomain: properties.GroupDomain,
      tags,
    });
    exists(made.arn);
    return {
      physicalId: made.arn,
      attributes: { Arn: made.arn, Id: made.id },
    };
  },
  async update(request) {
    const { physicalId, properties, call } = request;
    await call('vpc-lattice', 'UpdateResourceConfiguration', {
      resourceConfigurationIdentifier: physicalId,
      portRanges: properties.PortRanges,
      resourceConfigurationDefinition: definitionOf(
        properties.ResourceConfigurationDefinition,
      ),
      allowAssociationToShareableServiceNetwork:
        properties.AllowAssociationToSharableServiceNetwork,
    });
    await retag(request, physicalId);
    return {};
  },
  async delete({ physicalId, call }) {
    await call('vpc-lattice', 'DeleteResourceConfiguration', {
      resourceConfigurationIdentifier: physicalId,
    });
  },
};
