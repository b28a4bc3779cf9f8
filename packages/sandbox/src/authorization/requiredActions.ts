import type { Estate } from '../estate/Estate';
import { findKept, findKeptType } from '../operations/kept';
import {
  ec2Resources,
  passedRoles,
  serviceResources,
  tagActions,
} from './serviceResources';

/** Something a caller must be allowed to do. */
export interface RequiredAction {
  action: string;
  /** ARN, or `*` for actions that have no resource. */
  resource: string;
  /** Condition keys that only this action has. */
  keys?: Record<string, string>;
}

/** Operations whose action has another name. */
const ACTIONS: Record<string, string> = {
  's3:HeadObject': 's3:GetObject',
  's3:HeadBucket': 's3:ListBucket',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  'vpc-lattice:BatchUpdateRule': 'vpc-lattice:UpdateRule',
};

/** Operations anyone may call: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
const FREE = new Set(['sts:GetCallerIdentity']);

/** What `vpc-lattice:Create…` makes, as ARNs name it. */
const LATTICE_RESOURCES: Record<string, string> = {
  CreateService: 'service/*',
  CreateServiceNetwork: 'servicenetwork/*',
  CreateTargetGroup: 'targetgroup/*',
  CreateServiceNetworkVpcAssociation: 'servicenetworkvpcassociation/*',
  CreateServiceNetworkServiceAssociation: 'servicenetworkserviceassociation/*',
  CreateAccessLogSubscription: 'accesslogsubscription/*',
  CreateResourceGateway: 'resourcegateway/*',
  CreateResourceConfiguration: 'resourceconfiguration/*',
  CreateServiceNetworkResourceAssociation:
    'servicenetworkresourceassociation/*',
};

/** Kinds of VPC Lattice resources by the prefix of their ids. */
const LATTICE_KINDS: Record<string, string> = {
  sn: 'servicenetwork',
  svc: 'service',
  tg: 'targetgroup',
  snva: 'servicenetworkvpcassociation',
  snsa: 'servicenetworkserviceassociation',
  als: 'accesslogsubscription',
  rgw: 'resourcegateway',
  rcfg: 'resourceconfiguration',
  snra: 'servicenetworkresourceassociation',
};

/** An operation that is about to be called. */
export interface OperationCall {
  estate: Estate;
  service: string;
  operation: string;
  input: any;
  caller: { accountId: string; region: string };
}

/**
 * The actions an operation needs, after AWS's service authorization reference: its own, and those it
 * takes as the caller in other services.
 */
export function requiredActions(call: OperationCall): RequiredAction[] {
  const { service, operation, input } = call;
  const name = `${service}:${operation}`;
  if (FREE.has(name)) {
    return [];
  }
  if (input.resourceType) {
    return keptActions(call);
  }
  const own = { action: ACTIONS[name] ?? name, resource: resourceOf(call) };
  const on = (...actions: string[]) =>
    actions.map(action => ({ action, resource: '*' }));
  if (service === 'ec2') {
    const resources = ec2Resources(call);
    return resources
      .map(resource => ({ ...own, resource }))
      .concat(tagActions(call, resources[0]));
  }
  const besides = [...passedRoles(call), ...tagActions(call, own.resource)];
  switch (name) {
    case 'ssm:GetParameters':
      return input.Names.map((parameter: string) => ({
        ...own,
        resource: arnOf(call, `parameter/${parameter.replace(/^\//, '')}`),
      }));
    case 'iam:CreateServiceLinkedRole':
      return [
        {
          ...own,
          resource: `arn:aws:iam::${call.caller.accountId}:role/aws-service-role/${input.AWSServiceName}/*`,
          keys: { 'iam:awsservicename': input.AWSServiceName },
        },
      ];
    // https://docs.aws.amazon.com/vpc-lattice/latest/ug/additional-api-permissions.html
    case 'vpc-lattice:CreateAccessLogSubscription':
      return [own, ...besides, ...on('logs:CreateLogDelivery')];
    case 'vpc-lattice:DeleteAccessLogSubscription':
      return [own, ...besides, ...on('logs:DeleteLogDelivery')];
    case 'vpc-lattice:CreateServiceNetworkVpcAssociation':
      return [
        own,
        ...besides,
        ...on('ec2:DescribeVpcs'),
        ...(input.securityGroupIds?.length
          ? on('ec2:DescribeSecurityGroups')
          : []),
      ];
    case 'ram:CreateResourceShare':
      return [
        {
          ...own,
          keys: {
            'ram:requestedallowsexternalprincipals': String(
              input.allowExternalPrincipals ?? true,
            ),
            ...resourceTypeKey(input.resourceArns),
          },
        },
      ];
    case 'ram:AssociateResourceShare':
    case 'ram:DeleteResourceShare':
    case 'ram:DisassociateResourceShare':
    case 'ram:UpdateResourceShare': {
      const share = call.estate.resourceShares.get(input.resourceShareArn);
      return [
        { ...own, keys: share && { 'ram:resourcesharename': share.name } },
      ];
    }
    default:
      return [own, ...besides];
  }
}

/** The types that RAM shares, by the resource part of the ARN. */
const SHARED_TYPES: Record<string, string> = {
  servicenetwork: 'vpc-lattice:ServiceNetwork',
  service: 'vpc-lattice:Service',
};

/** The key has one value: a share of several types has none, and an allow that asks for one refuses it. */
function resourceTypeKey(arns: string[] = []): Record<string, string> {
  const types = new Set(
    arns.map(arn => SHARED_TYPES[arn.split(':')[5].split('/')[0]]),
  );
  const [type] = types;
  return types.size === 1 && type ? { 'ram:requestedresourcetype': type } : {};
}

function arnOf({ service, caller }: OperationCall, resource: string): string {
  return `arn:aws:${service}:${caller.region}:${caller.accountId}:${resource}`;
}

/** Those of an operation on a resource that is only kept. */
function keptActions(call: OperationCall): RequiredAction[] {
  const { estate, service, operation, input, caller } = call;
  const keptType = findKeptType(input.resourceType);
  const { resourceType: type, physicalId, properties, tags } = input;
  const { accountId, region } = caller;
  const scope = keptType?.scope?.(properties);
  const kept = findKept(estate, { accountId, region, type, scope, physicalId });
  const resource = input.resourceArn ?? kept?.arn ?? '*';
  const own = { action: `${service}:${operation}`, resource };
  if (input.isRemoval || !keptType) {
    return [own];
  }
  const { tagAction, alsoNeeds } = keptType;
  return [
    own,
    ...(tagAction && Object.keys(tags).length > 0
      ? [{ action: tagAction, resource }]
      : []),
    ...(alsoNeeds?.(properties) ?? []).map(need =>
      need.resource === 'own' ? { ...need, resource } : need,
    ),
  ];
}

function resourceOf(call: OperationCall): string {
  const { estate, service, input, caller } = call;
  const { accountId } = caller;
  const arn = (resource: string, name = service) =>
    arnOf({ ...call, service: name }, resource);
  const byName = (name: string | undefined, resource: string) =>
    name?.startsWith('arn:') ? name : name && arn(`${resource}${name}`);
  switch (service) {
    case 'vpc-lattice':
      return latticeResource(call);
    case 'logs': {
      const name =
        input.logGroupName ?? input.logGroupIdentifier ?? input.resourceArn;
      return byName(name, 'log-group:') ?? '*';
    }
    case 'iam': {
      const { RoleName, PolicyArn } = input;
      const role = estate.roles.find(
        candidate =>
          candidate.accountId === accountId && candidate.name === RoleName,
      );
      return RoleName
        ? role?.arn ??
            `arn:aws:iam::${accountId}:role${input.Path ?? '/'}${RoleName}`
        : PolicyArn ?? '*';
    }
    case 'sts':
      return input.RoleArn ?? '*';
    case 'cloudformation': {
      const { StackName, StackSetName } = input;
      if (StackSetName) {
        return arn(
          `stackset/${StackSetName}${StackSetName.includes(':') ? '' : ':*'}`,
        );
      }
      return StackName?.startsWith('arn:')
        ? StackName
        : (StackName && arn(`stack/${StackName}/*`)) ?? '*';
    }
    case 'ram':
      return input.resourceShareArn ?? '*';
    case 's3':
      return input.Key
        ? `arn:aws:s3:::${input.Bucket}/${input.Key}`
        : (input.Bucket && `arn:aws:s3:::${input.Bucket}`) ?? '*';
    case 'lambda':
      return byName(input.FunctionName ?? input.Resource, 'function:') ?? '*';
    case 'servicecatalog':
      if (input.PortfolioId) {
        return arn(`portfolio/${input.PortfolioId}`, 'catalog');
      }
      return input.ProductId
        ? arn(`product/${input.ProductId}`, 'catalog')
        : '*';
    default:
      return serviceResources[service]?.(call) ?? '*';
  }
}

function latticeResource({ operation, input, caller }: OperationCall): string {
  const prefix = `arn:aws:vpc-lattice:${caller.region}:${caller.accountId}:`;
  if (operation.startsWith('Create') && LATTICE_RESOURCES[operation]) {
    return prefix + LATTICE_RESOURCES[operation];
  }
  if (
    /^List(Services|ServiceNetworks|TargetGroups|ServiceNetwork.*|ResourceGateways|ResourceConfigurations)$/.test(
      operation,
    )
  ) {
    return '*';
  }
  const expand = (identifier: string) => {
    const kind = LATTICE_KINDS[identifier.split('-')[0]];
    return kind && !identifier.startsWith('arn:')
      ? `${prefix}${kind}/${identifier}`
      : identifier;
  };
  const { serviceIdentifier, listenerIdentifier, ruleIdentifier } = input;
  if (listenerIdentifier) {
    const id = (text: string) => text.split('/').at(-1);
    const listener = `${expand(serviceIdentifier)}/listener/${id(
      listenerIdentifier,
    )}`;
    return ruleIdentifier ? `${listener}/rule/${id(ruleIdentifier)}` : listener;
  }
  const identifier =
    input.resourceIdentifier ??
    input.resourceArn ??
    serviceIdentifier ??
    input.serviceNetworkIdentifier ??
    input.targetGroupIdentifier ??
    input.serviceNetworkVpcAssociationIdentifier ??
    input.serviceNetworkServiceAssociationIdentifier ??
    input.accessLogSubscriptionIdentifier ??
    input.resourceGatewayIdentifier ??
    input.resourceConfigurationIdentifier ??
    input.serviceNetworkResourceAssociationIdentifier;
  return identifier ? expand(identifier) : '*';
}
