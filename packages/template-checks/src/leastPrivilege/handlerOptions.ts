/** Actions that a resource type's handlers list for what a template may not ask for. */
export interface HandlerOption {
  /** Names of actions, `*` standing for anything. */
  actions: string[];
  /** The property that takes them; without one, no template does. */
  property?: string;
}

const FIREHOSE = ['firehose:*'];

/**
 * What handlers list beyond what a resource of the type takes in general. A template that sets the property
 * needs the actions.
 */
export const HANDLER_OPTIONS: Record<string, HandlerOption[]> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': [
    {
      property: 'ScheduledActions',
      actions: [
        'application-autoscaling:DeleteScheduledAction',
        'application-autoscaling:PutScheduledAction',
      ],
    },
    // Of functions.
    { actions: ['lambda:*'] },
  ],
  'AWS::ApplicationAutoScaling::ScalingPolicy': [
    {
      property: 'PredictiveScalingPolicyConfiguration',
      actions: ['cloudwatch:GetMetricData'],
    },
  ],
  'AWS::Athena::WorkGroup': [
    // Of questions, which are asked by others.
    { actions: ['s3:*', 'kms:*'] },
    { property: 'ExecutionRole', actions: ['iam:PassRole'] },
  ],
  'AWS::CloudFormation::StackSet': [
    { property: 'AdministrationRoleARN', actions: ['iam:PassRole'] },
    { actions: ['cloudformation:DescribeStackInstance'] },
  ],
  'AWS::DynamoDB::Table': [
    {
      property: 'ImportSourceSpecification',
      actions: [
        'dynamodb:DescribeImport',
        'dynamodb:ImportTable',
        'logs:*',
        's3:*',
      ],
    },
    {
      property: 'KinesisStreamSpecification',
      actions: [
        'dynamodb:DisableKinesisStreamingDestination',
        'dynamodb:EnableKinesisStreamingDestination',
        'dynamodb:UpdateKinesisStreamingDestination',
        'kinesis:*',
      ],
    },
    {
      property: 'ResourcePolicy',
      actions: ['dynamodb:DeleteResourcePolicy', 'dynamodb:PutResourcePolicy'],
    },
    {
      property: 'ContributorInsightsSpecification',
      actions: ['dynamodb:UpdateContributorInsights'],
    },
    {
      property: 'TimeToLiveSpecification',
      actions: ['dynamodb:UpdateTimeToLive'],
    },
    // Replicas in other Regions, and what these copy.
    {
      actions: [
        'dynamodb:*Item',
        'dynamodb:*TableReplica',
        'dynamodb:Query',
        'dynamodb:Scan',
      ],
    },
    // The key is AWS's own.
    { actions: ['kms:*'] },
  ],
  'AWS::EC2::VPCEndpoint': [
    {
      property: 'ServiceRegion',
      actions: ['vpce:AllowMultiRegion'],
    },
    // Not among the actions of VPC Lattice.
    { actions: ['vpc-lattice:DescribeServiceNetworkVpcEndpointAssociation'] },
  ],
  'AWS::ECR::Repository': [
    {
      property: 'RepositoryPolicyText',
      actions: ['ecr:DeleteRepositoryPolicy', 'ecr:SetRepositoryPolicy'],
    },
    { actions: ['kms:*'] },
  ],
  'AWS::ECS::Cluster': [
    { property: 'CapacityProviders', actions: ['ecs:PutClusterCapacity*'] },
    { actions: ['ecs:PutAccountSetting*', 'kms:*'] },
  ],
  'AWS::ElasticLoadBalancingV2::Listener': [
    // Of listeners that sign people in.
    { actions: ['cognito-idp:*'] },
  ],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': [
    {
      property: 'Ipv4IpamPoolId',
      actions: ['ec2:DescribeIpamPools', 'elasticloadbalancing:ModifyIpPools'],
    },
    {
      property: 'MinimumLoadBalancerCapacity',
      actions: ['elasticloadbalancing:*CapacityReservation'],
    },
    {
      property: 'IpAddressType',
      actions: ['elasticloadbalancing:SetIpAddressType'],
    },
  ],
  'AWS::ElasticLoadBalancingV2::TargetGroup': [
    // Amazon ECS registers its tasks itself.
    {
      property: 'Targets',
      actions: [
        'elasticloadbalancing:DeregisterTargets',
        'elasticloadbalancing:RegisterTargets',
      ],
    },
  ],
  'AWS::Glue::Database': [{ actions: ['glue:*Connection', 'lakeformation:*'] }],
  'AWS::Glue::Table': [
    {
      actions: [
        'glue:GetSchemaVersion',
        'glue:PassConnection',
        'iam:PassRole',
        'lakeformation:*',
        's3:*',
      ],
    },
  ],
  'AWS::IAM::Role': [
    {
      property: 'ManagedPolicyArns',
      actions: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'],
    },
    {
      property: 'PermissionsBoundary',
      actions: ['iam:*RolePermissionsBoundary'],
    },
  ],
  'AWS::Lambda::Function': [
    {
      property: 'FileSystemConfigs',
      actions: ['elasticfilesystem:*', 's3files:*'],
    },
    {
      property: 'CodeSigningConfigArn',
      actions: [
        'lambda:DeleteFunctionCodeSigningConfig',
        'lambda:GetCodeSigningConfig',
        'lambda:PutFunctionCodeSigningConfig',
      ],
    },
    {
      property: 'ReservedConcurrentExecutions',
      actions: ['lambda:*FunctionConcurrency'],
    },
    { property: 'Layers', actions: ['lambda:GetLayerVersion'] },
    {
      property: 'CapacityProviderConfig',
      actions: [
        'lambda:GetFunctionScalingConfig',
        'lambda:PassCapacityProvider',
        'lambda:PublishVersion',
        'lambda:PutFunctionScalingConfig',
      ],
    },
    { property: 'RecursiveLoop', actions: ['lambda:PutFunctionRecursion*'] },
    {
      property: 'RuntimeManagementConfig',
      actions: ['lambda:PutRuntimeManagementConfig'],
    },
    { property: 'KmsKeyArn', actions: ['kms:*'] },
    // The code is in the template.
    { actions: ['s3:*', 'lambda:AssociateRuntimeAlias'] },
  ],
  'AWS::Logs::LogGroup': [
    { property: 'KmsKeyId', actions: ['logs:*ssociateKmsKey'] },
    {
      property: 'DataProtectionPolicy',
      actions: ['logs:*DataProtectionPolicy'],
    },
    { property: 'FieldIndexPolicies', actions: ['logs:*IndexPolic*'] },
    {
      property: 'ResourcePolicyDocument',
      actions: ['logs:*ResourcePolic*'],
    },
    {
      property: 'BearerTokenAuthenticationEnabled',
      actions: ['logs:PutBearerTokenAuthentication'],
    },
    {
      property: 'DeletionProtectionEnabled',
      actions: ['logs:PutLogGroupDeletionProtection'],
    },
    // The templates' retention always has a number of days.
    { actions: ['logs:DeleteRetentionPolicy'] },
    // Of the delivery of audits.
    { actions: [...FIREHOSE, 'logs:CreateLogDelivery', 's3:*'] },
  ],
  'AWS::RAM::ResourceShare': [
    {
      property: 'PermissionArns',
      actions: ['ram:AssociateResourceSharePermission', 'ram:GetPermission'],
    },
  ],
  'AWS::S3::Bucket': [
    // Handlers read every setting, and take it as not there if they may not; each that is set is in the role.
    { actions: ['s3:Get*', 's3:ListTagsForResource'] },
    {
      actions: [
        'iam:PassRole',
        's3:*Acl',
        's3:CreateBucketMetadata*',
        's3:DeleteBucket?*',
        's3:DeleteObject',
        's3:Put*',
        's3:TagResource',
        's3:UntagResource',
        's3:UpdateBucketMetadata*',
        's3tables:*',
      ],
    },
  ],
  'AWS::VpcLattice::AccessLogSubscription': [
    // Of streams, and of roles that others may use.
    {
      actions: [
        ...FIREHOSE,
        'iam:DeleteServiceLinkedRole',
        'iam:GetServiceLinkedRoleDeletionStatus',
        'logs:*Destination*',
        'logs:*LogStream',
      ],
    },
    // The bucket's policy lets the deliveries write already.
    {
      actions: ['s3:*BucketLogging', 's3:*BucketPolicy'],
    },
  ],
  'AWS::VpcLattice::Service': [
    // The certificate is given.
    { actions: ['acm:ListCertificates'] },
  ],
  'AWS::VpcLattice::TargetGroup': [
    {
      actions: [
        // Not among the actions of Lambda.
        'lambda:Invoke',
        // Of targets of other kinds than the template's; the function's permission is a resource of its own.
        'ec2:DescribeAvailabilityZoneMappings',
        'ec2:DescribeInstances',
        'elasticloadbalancing:DescribeLoadBalancers',
        'lambda:AddPermission',
        'lambda:RemovePermission',
      ],
    },
  ],
};
