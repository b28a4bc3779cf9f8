import { createHash } from 'node:crypto';
import { AwsError } from '../../AwsError';
import type { KeptParts, KeptType } from '../KeptType';

function inUse(message: string) {
  return { code: 'ResourceInUseException', message };
}

function passRole(role: string | undefined, service: string) {
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

function checkCluster({
  properties,
  estate,
  accountId,
  region,
}: KeptParts): void {
  const { ClusterName } = properties;
  const arn = `arn:aws:eks:${region}:${accountId}:cluster/${ClusterName}`;
  if (!estate.eksClusters.has(arn)) {
    throw new AwsError({
      code: 'ResourceNotFoundException',
      statusCode: 404,
      message: `No cluster found for name: ${ClusterName}.`,
    });
  }
}

function checkRole(
  { estate }: KeptParts,
  role: string,
  principal: string,
): void {
  const found = estate.roles.get(role);
  if (!found) {
    throw new AwsError({
      code: 'InvalidParameterException',
      statusCode: 400,
      message: `The role with ARN ${role} does not exist`,
    });
  }
  if (!JSON.stringify(found.trustPolicy).includes(principal)) {
    throw new AwsError({
      code: 'InvalidParameterException',
      statusCode: 400,
      message: `Trust policy of role ${role} does not allow ${principal} to assume the role and tag the session`,
    });
  }
}

function scalablePolicyArn(parts: KeptParts): string {
  const { properties, accountId, region, name } = parts;
  const [resource, dimension, namespace] = (
    properties.ScalingTargetId ??
    `${properties.ResourceId}|${properties.ScalableDimension}|${properties.ServiceNamespace}`
  ).split('|');
  const kind = namespace ?? dimension.split(':')[0];
  return `arn:aws:autoscaling:${region}:${accountId}:scalingPolicy:${name}:resource/${kind}/${resource}:policyName/${properties.PolicyName}`;
}

/** Amazon ECR, Application Auto Scaling, and what Amazon EKS clusters have. Nothing scales. */
export const containerTypes: KeptType[] = [
  {
    type: 'AWS::ECR::Repository',
    service: 'ecr',
    create: 'CreateRepository',
    update: 'PutLifecyclePolicy',
    delete: 'DeleteRepository',
    name: { property: 'RepositoryName', maximumLength: 256, lowerCase: true },
    tagAction: 'ecr:TagResource',
    alsoNeeds: properties => [
      ...(properties.LifecyclePolicy
        ? [{ action: 'ecr:PutLifecyclePolicy', resource: 'own' }]
        : []),
      ...(properties.RepositoryPolicyText
        ? [{ action: 'ecr:SetRepositoryPolicy', resource: 'own' }]
        : []),
    ],
    taken: id => ({
      code: 'RepositoryAlreadyExistsException',
      message: `The repository with name '${id}' already exists in the registry`,
    }),
    missingCode: 'RepositoryNotFoundException',
    identify: ({ name: physicalId, region, accountId }) => {
      const arn = `arn:aws:ecr:${region}:${accountId}:repository/${physicalId}`;
      return {
        physicalId,
        arn,
        attributes: {
          Arn: arn,
          RepositoryUri: `${accountId}.dkr.ecr.${region}.amazonaws.com/${physicalId}`,
        },
      };
    },
  },
  {
    type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
    service: 'application-autoscaling',
    create: 'PutScalingPolicy',
    update: 'PutScalingPolicy',
    delete: 'DeleteScalingPolicy',
    missingCode: 'ObjectNotFoundException',
    identify: parts => {
      const arn = scalablePolicyArn(parts);
      return {
        physicalId: arn,
        arn: `arn:aws:application-autoscaling:${parts.region}:${
          parts.accountId
        }:scalable-target/${parts.name.replaceAll('-', '')}`,
        attributes: { Arn: arn },
      };
    },
  },
  {
    type: 'AWS::EKS::PodIdentityAssociation',
    service: 'eks',
    create: 'CreatePodIdentityAssociation',
    update: 'UpdatePodIdentityAssociation',
    delete: 'DeletePodIdentityAssociation',
    tagAction: 'eks:TagResource',
    alsoNeeds: ({ RoleArn }) => passRole(RoleArn, 'pods.eks.amazonaws.com'),
    taken: id => inUse(`Association already exists: ${id.split('/').at(-1)}`),
    check: parts => {
      checkCluster(parts);
      checkRole(parts, parts.properties.RoleArn, 'pods.eks.amazonaws.com');
    },
    // Its id comes from the service account, so that there can be one association for each.
    identify: ({ properties, region, accountId }) => {
      const { ClusterName, Namespace, ServiceAccount } = properties;
      const hash = createHash('sha256')
        .update([accountId, ClusterName, Namespace, ServiceAccount].join('/'))
        .digest('hex');
      const id = `a-${hash.slice(0, 17)}`;
      const arn = `arn:aws:eks:${region}:${accountId}:podidentityassociation/${ClusterName}/${id}`;
      return {
        physicalId: arn,
        arn,
        attributes: { AssociationArn: arn, AssociationId: id },
      };
    },
  },
  {
    type: 'AWS::EKS::AccessEntry',
    service: 'eks',
    create: 'CreateAccessEntry',
    update: 'UpdateAccessEntry',
    delete: 'DeleteAccessEntry',
    tagAction: 'eks:TagResource',
    alsoNeeds: ({ AccessPolicies }) =>
      AccessPolicies?.length
        ? [{ action: 'eks:AssociateAccessPolicy', resource: 'own' }]
        : [],
    taken: () =>
      inUse(
        'The specified access entry resource is already in use on this cluster.',
      ),
    check: checkCluster,
    identify: ({ properties, region, accountId, name }) => {
      const { ClusterName, PrincipalArn } = properties;
      const [, , , , owner, principal] = PrincipalArn.split(':');
      const arn = `arn:aws:eks:${region}:${accountId}:access-entry/${ClusterName}/${
        principal.split('/')[0]
      }/${owner}/${principal.split('/').at(-1)}/${name}`;
      return {
        physicalId: `${PrincipalArn}|${ClusterName}`,
        arn,
        attributes: { AccessEntryArn: arn },
      };
    },
  },
  {
    type: 'AWS::EKS::Addon',
    service: 'eks',
    create: 'CreateAddon',
    update: 'UpdateAddon',
    delete: 'DeleteAddon',
    tagAction: 'eks:TagResource',
    alsoNeeds: ({ ServiceAccountRoleArn }) =>
      passRole(ServiceAccountRoleArn, 'eks.amazonaws.com'),
    taken: () => inUse('Addon already exists.'),
    check: checkCluster,
    identify: ({ properties, region, accountId, name }) => {
      const { ClusterName, AddonName } = properties;
      const arn = `arn:aws:eks:${region}:${accountId}:addon/${ClusterName}/${AddonName}/${name}`;
      return {
        physicalId: `${ClusterName}|${AddonName}`,
        arn,
        attributes: { Arn: arn },
      };
    },
  },
];
