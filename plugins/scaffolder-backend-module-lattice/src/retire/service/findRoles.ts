import {
  type CloudFormationClient,
  DescribeStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';

/** ARNs of the IAM roles a stack made, as callers are known by. */
export async function findRoles(options: {
  cloudFormation: CloudFormationClient;
  stackName: string;
  accountId: string;
  partition: string;
}): Promise<string[]> {
  const { cloudFormation, stackName: StackName, partition } = options;
  // AWS tells up to a hundred this way, and stacks of products have fewer.
  const { StackResources: resources = [] } = await cloudFormation.send(
    new DescribeStackResourcesCommand({ StackName }),
  );
  return resources.flatMap(({ ResourceType: type, PhysicalResourceId: name }) =>
    type === 'AWS::IAM::Role' && name
      ? [`arn:${partition}:iam::${options.accountId}:role/${name}`]
      : [],
  );
}
