import type { EksCluster } from '../../estate/containerResources';
import { AwsError } from '../AwsError';
import type { ServiceOperations } from '../OperationHandler';
import { paginate } from '../paginate';

/** Reads of Amazon EKS clusters. What they hold comes to them by Git: see `clusters`. */
export const eksOperations: ServiceOperations = {
  ListClusters(input, context) {
    const { accountId, region, estate } = context;
    const { items, nextToken } = paginate({
      items: estate.eksClusters
        .filter(
          cluster =>
            cluster.accountId === accountId && cluster.region === region,
        )
        .map(({ name }) => name),
      key: name => name,
      maxResults: input.maxResults,
      nextToken: input.nextToken,
      defaultSize: 100,
      invalidToken: () =>
        new AwsError({
          code: 'InvalidParameterException',
          message: 'The nextToken is not valid',
        }),
    });
    return { clusters: items, nextToken };
  },

  DescribeCluster({ name }, context) {
    const { accountId, region, estate } = context;
    const arn = `arn:aws:eks:${region}:${accountId}:cluster/${name}`;
    const cluster = estate.eksClusters.get(arn);
    if (!cluster) {
      throw new AwsError({
        code: 'ResourceNotFoundException',
        message: `No cluster found for name: ${name}.`,
      });
    }
    return { cluster: describe(cluster) };
  },
};

function describe(cluster: EksCluster) {
  return {
    name: cluster.name,
    arn: cluster.arn,
    createdAt: cluster.createdAt,
    version: cluster.version,
    endpoint: cluster.endpoint,
    roleArn: cluster.roleArn,
    resourcesVpcConfig: {
      subnetIds: cluster.subnetIds,
      securityGroupIds: [],
      clusterSecurityGroupId: cluster.securityGroupId,
      vpcId: cluster.vpcId,
      endpointPublicAccess: true,
      endpointPrivateAccess: true,
    },
    status: 'ACTIVE',
    platformVersion: 'eks.1',
    accessConfig: { authenticationMode: 'API' },
    tags: cluster.tags,
  };
}
