import type { LoadBalancer } from '../../estate/networkResources';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import {
  attributeList,
  attributesFrom,
  checkName,
  elbArn,
  elbError,
  elbId,
  elbPage,
  isOwn,
} from './common';
import { tagsFrom } from '../../estate/tagList';

/** Hosted zone of the names of Application Load Balancers, where it is known. */
const HOSTED_ZONE_ID = 'Z35SXDOTRQ7X7K';
const LOAD_BALANCERS_PER_REGION = 50;

export const loadBalancerOperations: ServiceOperations = {
  CreateLoadBalancer(input, context) {
    const { Name: name, Type = 'application', Tags } = input;
    const { Scheme: scheme = 'internet-facing', SecurityGroups = [] } = input;
    const { accountId, region, estate } = context;
    checkName('load balancer', name);
    if (Type !== 'application') {
      throw elbError(
        'InvalidConfigurationRequestException',
        `The sandbox has application load balancers only, not of type ${Type}`,
      );
    }
    const own = estate.loadBalancers.filter(isOwn(context));
    if (own.some(balancer => balancer.name === name)) {
      throw elbError(
        'DuplicateLoadBalancerNameException',
        `A load balancer with the same name '${name}' exists, but with different settings`,
      );
    }
    if (own.length >= LOAD_BALANCERS_PER_REGION) {
      throw elbError(
        'TooManyLoadBalancersException',
        'The maximum number of load balancers has been reached',
      );
    }
    const subnetIds = subnetsOf(input);
    const vpcId = checkSubnets(context, subnetIds);
    checkSecurityGroups(context, vpcId, SecurityGroups);
    const id = elbId();
    const arn = elbArn(context, `loadbalancer/app/${name}/${id}`);
    const number = BigInt(`0x${id}`).toString().slice(0, 10);
    const balancer = estate.loadBalancers.put(arn, {
      accountId,
      region,
      arn,
      name,
      dnsName: `${
        scheme === 'internal' ? 'internal-' : ''
      }${name}-${number}.${region}.elb.amazonaws.com`,
      scheme,
      vpcId,
      subnetIds,
      securityGroupIds: SecurityGroups,
      ipAddressType: input.IpAddressType ?? 'ipv4',
      attributes: {},
      tags: tagsFrom(Tags),
      createdAt: new Date(context.now()).toISOString(),
    });
    return { LoadBalancers: [describe(context, balancer)] };
  },

  DescribeLoadBalancers(input, context) {
    const { LoadBalancerArns, Names } = input;
    const own = context.estate.loadBalancers.filter(isOwn(context));
    const unknown =
      LoadBalancerArns?.find(
        (arn: string) => !own.some(balancer => balancer.arn === arn),
      ) ??
      Names?.find(
        (name: string) => !own.some(balancer => balancer.name === name),
      );
    if (unknown) {
      throw notFound(unknown);
    }
    const { items, NextMarker } = elbPage(
      input,
      own.filter(
        ({ arn, name }) =>
          (!LoadBalancerArns?.length || LoadBalancerArns.includes(arn)) &&
          (!Names?.length || Names.includes(name)),
      ),
      ({ arn }) => arn,
    );
    return {
      LoadBalancers: items.map(balancer => describe(context, balancer)),
      NextMarker,
    };
  },

  DescribeLoadBalancerAttributes({ LoadBalancerArn }, context) {
    const { attributes } = findLoadBalancer(context, LoadBalancerArn);
    return { Attributes: attributeList(attributes) };
  },

  ModifyLoadBalancerAttributes({ LoadBalancerArn, Attributes }, context) {
    const { attributes } = change(context, LoadBalancerArn, balancer => ({
      ...balancer,
      attributes: { ...balancer.attributes, ...attributesFrom(Attributes) },
    }));
    return { Attributes: attributeList(attributes) };
  },

  SetSecurityGroups({ LoadBalancerArn, SecurityGroups }, context) {
    const { vpcId } = findLoadBalancer(context, LoadBalancerArn);
    checkSecurityGroups(context, vpcId, SecurityGroups);
    change(context, LoadBalancerArn, balancer => ({
      ...balancer,
      securityGroupIds: SecurityGroups,
    }));
    return { SecurityGroupIds: SecurityGroups };
  },

  SetSubnets(input, context) {
    const subnetIds = subnetsOf(input);
    checkSubnets(context, subnetIds);
    const balancer = change(context, input.LoadBalancerArn, current => ({
      ...current,
      subnetIds,
    }));
    return { AvailabilityZones: zones(context, balancer) };
  },

  DeleteLoadBalancer({ LoadBalancerArn }, context) {
    const { estate } = context;
    const { arn, attributes } = findLoadBalancer(context, LoadBalancerArn);
    if (attributes['deletion_protection.enabled'] === 'true') {
      throw elbError(
        'OperationNotPermittedException',
        `Load balancer '${arn}' cannot be deleted because deletion protection is enabled`,
      );
    }
    const isTarget = estate.targetGroups.find(group =>
      group.targets.some(({ id }) => id === arn),
    );
    if (isTarget) {
      throw elbError(
        'ResourceInUseException',
        `Load balancer '${arn}' cannot be deleted because it is currently associated with another service`,
      );
    }
    for (const listener of estate.loadBalancerListeners.filter(
      ({ loadBalancerArn }) => loadBalancerArn === arn,
    )) {
      for (const rule of estate.loadBalancerRules.filter(
        ({ listenerArn }) => listenerArn === listener.arn,
      )) {
        estate.loadBalancerRules.delete(rule.arn);
      }
      estate.loadBalancerListeners.delete(listener.arn);
    }
    estate.loadBalancers.delete(arn);
  },
};

/** @throws AwsError LoadBalancerNotFound */
export function findLoadBalancer(
  context: OperationContext,
  arn: string,
): LoadBalancer {
  const balancer = context.estate.loadBalancers.get(arn);
  if (!balancer || !isOwn(context)(balancer)) {
    throw notFound(arn);
  }
  return balancer;
}

function notFound(identifier: string) {
  return elbError(
    'LoadBalancerNotFoundException',
    `Load balancer '${identifier}' not found`,
  );
}

function change(
  context: OperationContext,
  arn: string,
  make: (balancer: LoadBalancer) => LoadBalancer,
): LoadBalancer {
  const balancer = findLoadBalancer(context, arn);
  return context.estate.loadBalancers.put(arn, make(balancer));
}

function subnetsOf(input: Record<string, any>): string[] {
  return (
    input.Subnets ??
    (input.SubnetMappings ?? []).map(
      ({ SubnetId }: { SubnetId: string }) => SubnetId,
    )
  );
}

/** @returns the VPC. */
function checkSubnets(context: OperationContext, subnetIds: string[]): string {
  const subnets = subnetIds.map(id => {
    const subnet = context.estate.subnets.get(id);
    if (!subnet || !isOwn(context)(subnet)) {
      throw elbError(
        'SubnetNotFoundException',
        `The subnet ID '${id}' does not exist`,
      );
    }
    return subnet;
  });
  if (new Set(subnets.map(subnet => subnet.availabilityZone)).size < 2) {
    throw elbError(
      'ValidationError',
      'At least two subnets in two different Availability Zones must be specified',
    );
  }
  return subnets[0].vpcId;
}

function checkSecurityGroups(
  { estate }: OperationContext,
  vpcId: string,
  ids: string[],
): void {
  const unknown = ids.find(
    id => estate.securityGroups.get(id)?.vpcId !== vpcId,
  );
  if (unknown) {
    throw elbError(
      'InvalidSecurityGroupException',
      `One or more security groups are invalid: ${unknown}`,
    );
  }
}

function zones({ estate }: OperationContext, { subnetIds }: LoadBalancer) {
  return subnetIds.map(SubnetId => ({
    SubnetId,
    ZoneName: estate.subnets.get(SubnetId)?.availabilityZone,
  }));
}

function describe(context: OperationContext, balancer: LoadBalancer) {
  return {
    LoadBalancerArn: balancer.arn,
    LoadBalancerName: balancer.name,
    DNSName: balancer.dnsName,
    CanonicalHostedZoneId: HOSTED_ZONE_ID,
    CreatedTime: balancer.createdAt,
    Scheme: balancer.scheme,
    VpcId: balancer.vpcId,
    State: { Code: 'active' },
    Type: 'application',
    AvailabilityZones: zones(context, balancer),
    SecurityGroups: balancer.securityGroupIds,
    IpAddressType: balancer.ipAddressType,
  };
}
