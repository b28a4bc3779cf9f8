import { queryWorkGroups } from '../operations/athena/queryWorkGroups';
import { findKept } from '../operations/kept';
import type { OperationCall, RequiredAction } from './requiredActions';

/** What an operation acts on, by signing name of the service; `*` where actions take no resource. */
export const serviceResources: Record<
  string,
  (call: OperationCall) => string | undefined
> = {
  ecs: ecsResource,
  elasticloadbalancing: loadBalancingResource,
  acm: ({ input }) => input.CertificateArn,
  athena: call => {
    const { estate, input } = call;
    const workGroup = input.QueryExecutionId
      ? queryWorkGroups(estate).get(input.QueryExecutionId) ?? '*'
      : input.WorkGroup ?? 'primary';
    return arnOf(call, `workgroup/${workGroup}`);
  },
  route53: ({ input, operation }) => {
    const id = (input.HostedZoneId ?? input.Id)?.split('/').at(-1);
    const kind = operation === 'GetChange' ? 'change' : 'hostedzone';
    return operation.startsWith('ListHosted') || !id
      ? undefined
      : `arn:aws:route53:::${kind}/${id}`;
  },
  eks: call => call.input.name && arnOf(call, `cluster/${call.input.name}`),
  'application-autoscaling': call => {
    const { estate, caller, input } = call;
    const { ResourceId, ScalableDimension, ServiceNamespace } = input;
    const type = 'AWS::ApplicationAutoScaling::ScalableTarget';
    const physicalId = [ResourceId, ScalableDimension, ServiceNamespace].join(
      '|',
    );
    return (
      findKept(estate, { ...caller, type, physicalId })?.arn ??
      arnOf(call, 'scalable-target/*')
    );
  },
};

function arnOf({ service, caller }: OperationCall, resource: string): string {
  return `arn:aws:${service}:${caller.region}:${caller.accountId}:${resource}`;
}

function ecsResource(call: OperationCall): string | undefined {
  const { operation, input } = call;
  const last = (text: string) => text.split('/').at(-1)!;
  if (/TaskDefinition$/.test(operation)) {
    // Reading and deregistering take no resource.
    return operation === 'RegisterTaskDefinition'
      ? arnOf(call, `task-definition/${input.family}:*`)
      : undefined;
  }
  if (/Clusters?$/.test(operation)) {
    if (operation === 'ListClusters') {
      return undefined;
    }
    const cluster =
      input.clusterName ?? input.cluster ?? input.clusters?.[0] ?? 'default';
    return arnOf(call, `cluster/${last(cluster)}`);
  }
  if (/^(Tag|Untag)/.test(operation)) {
    return input.resourceArn;
  }
  const service = input.serviceName ?? input.service ?? input.services?.[0];
  return operation.startsWith('List') || !service
    ? undefined
    : arnOf(
        call,
        `service/${last(input.cluster ?? 'default')}/${last(service)}`,
      );
}

function loadBalancingResource(call: OperationCall): string | undefined {
  const { operation, input } = call;
  if (operation.startsWith('Describe')) {
    return undefined;
  }
  switch (operation) {
    case 'CreateLoadBalancer':
      return arnOf(call, `loadbalancer/app/${input.Name}/*`);
    case 'CreateTargetGroup':
      return arnOf(call, `targetgroup/${input.Name}/*`);
    default:
      return (
        input.RuleArn ??
        input.RulePriorities?.[0]?.RuleArn ??
        input.ListenerArn ??
        input.TargetGroupArn ??
        input.LoadBalancerArn ??
        input.ResourceArns?.[0]
      );
  }
}

function passRole(role: string | undefined, service: string): RequiredAction[] {
  return role
    ? [
        {
          action: 'iam:PassRole',
          resource: role,
          keys: { 'iam:passedtoservice': service },
        },
      ]
    : [];
}

/** Roles that an operation hands to a service: the caller must be allowed to pass them. */
export function passedRoles({
  service,
  operation,
  input,
}: OperationCall): RequiredAction[] {
  switch (`${service}:${operation}`) {
    case 'lambda:CreateFunction':
    case 'lambda:UpdateFunctionConfiguration':
      return passRole(input.Role, 'lambda.amazonaws.com');
    case 'ecs:RegisterTaskDefinition':
      return [input.executionRoleArn, input.taskRoleArn].flatMap(role =>
        passRole(role, 'ecs-tasks.amazonaws.com'),
      );
    case 'ecs:CreateService':
    case 'ecs:UpdateService':
      return (input.vpcLatticeConfigurations ?? []).flatMap(
        ({ roleArn }: { roleArn: string }) =>
          passRole(roleArn, 'ecs.amazonaws.com'),
      );
    case 'logs:PutSubscriptionFilter':
      return passRole(input.roleArn, 'logs.amazonaws.com');
    default:
      return [];
  }
}

/** Actions that put tags on what an operation makes, besides the one that makes it. */
const TAG_ACTIONS: Record<string, string> = {
  'ec2:CreateSecurityGroup': 'ec2:CreateTags',
  'ec2:CreateVpcEndpoint': 'ec2:CreateTags',
  'ecs:CreateCluster': 'ecs:TagResource',
  'ecs:CreateService': 'ecs:TagResource',
  'ecs:RegisterTaskDefinition': 'ecs:TagResource',
  'elasticloadbalancing:CreateListener': 'elasticloadbalancing:AddTags',
  'elasticloadbalancing:CreateLoadBalancer': 'elasticloadbalancing:AddTags',
  'elasticloadbalancing:CreateRule': 'elasticloadbalancing:AddTags',
  'elasticloadbalancing:CreateTargetGroup': 'elasticloadbalancing:AddTags',
  'iam:CreateRole': 'iam:TagRole',
  'lambda:CreateFunction': 'lambda:TagResource',
  'logs:CreateLogGroup': 'logs:TagResource',
  'vpc-lattice:CreateAccessLogSubscription': 'vpc-lattice:TagResource',
  'vpc-lattice:CreateListener': 'vpc-lattice:TagResource',
  'vpc-lattice:CreateResourceConfiguration': 'vpc-lattice:TagResource',
  'vpc-lattice:CreateResourceGateway': 'vpc-lattice:TagResource',
  'vpc-lattice:CreateRule': 'vpc-lattice:TagResource',
  'vpc-lattice:CreateService': 'vpc-lattice:TagResource',
  'vpc-lattice:CreateServiceNetwork': 'vpc-lattice:TagResource',
  'vpc-lattice:CreateServiceNetworkResourceAssociation':
    'vpc-lattice:TagResource',
  'vpc-lattice:CreateServiceNetworkServiceAssociation':
    'vpc-lattice:TagResource',
  'vpc-lattice:CreateServiceNetworkVpcAssociation': 'vpc-lattice:TagResource',
  'vpc-lattice:CreateTargetGroup': 'vpc-lattice:TagResource',
};

/** The action that the tags of something new need; none without tags. */
export function tagActions(
  { service, operation, input }: OperationCall,
  resource: string,
): RequiredAction[] {
  const action = TAG_ACTIONS[`${service}:${operation}`];
  const tags = [
    input.tags,
    input.Tags,
    input.TagSpecifications?.flatMap(
      ({ Tags = [] }: { Tags?: unknown[] }) => Tags,
    ),
  ];
  const hasTags = tags.some(list => Object.keys(list ?? {}).length > 0);
  return action && hasTags ? [{ action, resource }] : [];
}

/**
 * What of EC2 an operation acts on; each of several has to be allowed.
 *
 * @remarks
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
export function ec2Resources(call: OperationCall): string[] {
  const { operation, input } = call;
  const arns = (kind: string, ids: string[] = []) =>
    ids.map(id => arnOf(call, `${kind}/${id}`));
  switch (operation) {
    case 'CreateSecurityGroup':
      return arns('security-group', ['*']).concat(arns('vpc', [input.VpcId]));
    case 'CreateVpcEndpoint':
      return [
        ...arns('vpc-endpoint', ['*']),
        ...arns('vpc', [input.VpcId]),
        ...arns('subnet', input.SubnetIds),
        ...arns('security-group', input.SecurityGroupIds),
        ...[input.ServiceNetworkArn].filter(Boolean),
      ];
    case 'ModifyVpcEndpoint':
      return arns('vpc-endpoint', [input.VpcEndpointId]);
    case 'DeleteVpcEndpoints':
      return arns('vpc-endpoint', input.VpcEndpointIds);
    case 'CreateTags':
    case 'DeleteTags': {
      const kinds: Record<string, string> = {
        sg: 'security-group',
        vpc: 'vpc',
        vpce: 'vpc-endpoint',
        subnet: 'subnet',
      };
      return input.Resources.map((id: string) =>
        arnOf(call, `${kinds[id.split('-')[0]]}/${id}`),
      );
    }
    default:
      return input.GroupId && !operation.startsWith('Describe')
        ? arns('security-group', [input.GroupId])
        : ['*'];
  }
}
