import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  paginateDescribeStackEvents,
  StackEvent,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { TestSandbox, startTestSandbox } from '../../testing/startTestSandbox';
import { supportedTypes } from './providers';

jest.setTimeout(60_000);

const accountId = '223344556677';

/** Types that neither the products hold nor the other tests; `Word` changes with an update. */
const template = `
Parameters:
  Vpc: { Type: String }
  Subnets: { Type: CommaDelimitedList }
  Zone: { Type: String }
  Network: { Type: String }
  Word: { Type: String }
Resources:
  Handle: { Type: AWS::CloudFormation::WaitConditionHandle }
  Role:
    Type: AWS::IAM::Role
    Properties:
      Description: !Ref Word
      AssumeRolePolicyDocument:
        Statement:
          - { Effect: Allow, Principal: { Service: [lambda.amazonaws.com, pods.eks.amazonaws.com, firehose.amazonaws.com] }, Action: ['sts:AssumeRole', 'sts:TagSession'] }
      ManagedPolicyArns: [!Ref Managed]
      Tags: [{ Key: word, Value: !Ref Word }]
  Managed:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: { Statement: [{ Effect: Allow, Action: 's3:GetObject', Resource: !Sub 'arn:aws:s3:::\${Word}/*' }] }
  Inline:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: !Ref Word
      PolicyDocument: { Statement: [{ Effect: Allow, Action: 's3:GetObject', Resource: '*' }] }
      Roles: [!Ref Role]
  OfRole:
    Type: AWS::IAM::RolePolicy
    Properties:
      PolicyName: of-role
      PolicyDocument: { Statement: [{ Effect: Allow, Action: 's3:GetObject', Resource: !Sub 'arn:aws:s3:::\${Word}' }] }
      RoleName: !Ref Role
  Linked:
    Type: AWS::IAM::ServiceLinkedRole
    Properties: { AWSServiceName: vpc-lattice.amazonaws.com, Description: !Ref Word }
  Logs:
    Type: AWS::Logs::LogGroup
    Properties: { RetentionInDays: 7, Tags: [{ Key: word, Value: !Ref Word }] }
  LogPolicy:
    Type: AWS::Logs::ResourcePolicy
    Properties: { PolicyName: delivery, PolicyDocument: !Sub '{"Statement":[],"Id":"\${Word}"}' }
  Metric:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: !Ref Logs
      FilterPattern: !Sub '"\${Word}"'
      MetricTransformations: [{ MetricNamespace: team, MetricName: words, MetricValue: '1' }]
  Subscription:
    Type: AWS::Logs::SubscriptionFilter
    Properties: { LogGroupName: !Ref Logs, FilterPattern: !Ref Word, DestinationArn: !GetAtt Stream.Arn, RoleArn: !GetAtt Role.Arn }
  Stream:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      ExtendedS3DestinationConfiguration: { BucketARN: !GetAtt Bucket.Arn, RoleARN: !GetAtt Role.Arn, Prefix: !Ref Word }
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration: { Status: Enabled }
      Tags: [{ Key: word, Value: !Ref Word }]
  BucketPolicy:
    Type: AWS::S3::BucketPolicy
    Properties: { Bucket: !Ref Bucket, PolicyDocument: { Statement: [], Id: !Ref Word } }
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Role: !GetAtt Role.Arn
      Environment: { Variables: { WORD: !Ref Word } }
      Code: { ZipFile: 'exports.handler = async () => process.env.WORD;' }
      Tags: [{ Key: word, Value: !Ref Word }]
  Version: { Type: AWS::Lambda::Version, Properties: { FunctionName: !Ref Function } }
  LiveAlias:
    Type: AWS::Lambda::Alias
    Properties: { FunctionName: !Ref Function, FunctionVersion: !GetAtt Version.Version, Name: live, Description: !Ref Word }
  Asynchronous:
    Type: AWS::Lambda::EventInvokeConfig
    Properties: { FunctionName: !Ref Function, Qualifier: live, MaximumRetryAttempts: 1 }
  Topic: { Type: AWS::SNS::Topic, Properties: { DisplayName: !Ref Word } }
  TopicPolicy:
    Type: AWS::SNS::TopicPolicy
    Properties: { Topics: [!Ref Topic], PolicyDocument: { Id: !Ref Word } }
  Parameter: { Type: AWS::SSM::Parameter, Properties: { Name: /team/word, Type: String, Value: !Ref Word } }
  Key: { Type: AWS::KMS::Key, Properties: { Description: !Ref Word, KeyPolicy: { Statement: [] } } }
  KeyAlias: { Type: AWS::KMS::Alias, Properties: { AliasName: alias/team, TargetKeyId: !Ref Key } }
  Either:
    Type: AWS::CloudWatch::CompositeAlarm
    Properties: { AlarmName: either, AlarmRule: !Sub 'ALARM(\${Word})' }
  Access:
    Type: AWS::EKS::AccessEntry
    Properties: { ClusterName: commerce, PrincipalArn: !GetAtt Role.Arn, Username: !Ref Word }
  Agent:
    Type: AWS::EKS::Addon
    Properties: { ClusterName: commerce, AddonName: eks-pod-identity-agent, ConfigurationValues: !Ref Word }
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: shop.example.com
      ValidationMethod: DNS
      DomainValidationOptions: [{ DomainName: shop.example.com, HostedZoneId: !Ref Zone }]
      Tags: [{ Key: word, Value: !Ref Word }]
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: { Scheme: internal, Subnets: !Ref Subnets, Tags: [{ Key: word, Value: !Ref Word }] }
  BalancerListener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      Port: 80
      Protocol: HTTP
      DefaultActions: [{ Type: fixed-response, FixedResponseConfig: { StatusCode: '404', MessageBody: !Ref Word } }]
  BalancerRule:
    Type: AWS::ElasticLoadBalancingV2::ListenerRule
    Properties:
      ListenerArn: !Ref BalancerListener
      Priority: 5
      Conditions: [{ Field: path-pattern, PathPatternConfig: { Values: [!Sub '/\${Word}/*'] } }]
      Actions: [{ Type: fixed-response, FixedResponseConfig: { StatusCode: '200' } }]
  Gateway:
    Type: AWS::VpcLattice::ResourceGateway
    Properties: { Name: databases, VpcIdentifier: !Ref Vpc, SubnetIds: !Ref Subnets, Tags: [{ Key: word, Value: !Ref Word }] }
  Database:
    Type: AWS::VpcLattice::ResourceConfiguration
    Properties:
      Name: ledger-database
      ResourceConfigurationType: SINGLE
      ResourceGatewayId: !Ref Gateway
      PortRanges: ['5432']
      ResourceConfigurationDefinition: { DnsResource: { DomainName: !Sub '\${Word}.example.com', IpAddressType: IPV4 } }
  Offered:
    Type: AWS::VpcLattice::ServiceNetworkResourceAssociation
    Properties: { ResourceConfigurationId: !Ref Database, ServiceNetworkId: !Ref Network, Tags: [{ Key: word, Value: !Ref Word }] }
  DatabasePolicy:
    Type: AWS::VpcLattice::ResourcePolicy
    Properties: { ResourceArn: !Ref Database, Policy: { Statement: [], Id: !Ref Word } }
Outputs:
  Word: { Value: !GetAtt Parameter.Value }
  Version: { Value: !GetAtt Version.Version }
`;

function templatesIn(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => /product\/.*\.yaml$/.test(file))
    .map(file => readFileSync(resolve(folder, file), 'utf8'))
    .join('\n');
}

describe('resource types', () => {
  let testSandbox: TestSandbox;

  beforeAll(async () => {
    testSandbox = await startTestSandbox();
  });
  afterAll(() => testSandbox.stop());

  it('are all in a template that is tried', () => {
    const here = ['everyType.test.ts', 'providers.test.ts'].map(file =>
      readFileSync(resolve(__dirname, file), 'utf8'),
    );
    const root = resolve(__dirname, '../../../../..');
    const text = [...here, templatesIn(resolve(root, 'templates'))].join('\n');
    expect(supportedTypes().filter(type => !text.includes(type))).toEqual([]);
  });

  it('are made, changed in place and removed', async () => {
    const { estate } = testSandbox.sandbox;
    const client = new CloudFormationClient(
      testSandbox.clientConfig({ accountId }),
    );
    const vpc = estate.vpcs.find(({ tags }) => tags.Name === 'commerce')!.id;
    const parameters = (word: string) =>
      Object.entries({
        Vpc: vpc,
        Subnets: estate.subnets
          .filter(({ vpcId }) => vpcId === vpc)
          .map(({ id }) => id)
          .join(),
        Zone: estate.hostedZones.find(({ name }) => name === 'example.com.')!
          .id,
        Network: estate.serviceNetworks.values()[0].arn,
        Word: word,
      }).map(([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue,
      }));
    async function atRest(StackName: string) {
      for (;;) {
        const { Stacks } = await client.send(
          new DescribeStacksCommand({ StackName }),
        );
        if (!Stacks![0].StackStatus!.endsWith('_IN_PROGRESS')) {
          break;
        }
        await new Promise(wake => setTimeout(wake, 10));
      }
      const StackEvents: StackEvent[] = [];
      for await (const page of paginateDescribeStackEvents(
        { client },
        { StackName },
      )) {
        StackEvents.push(...(page.StackEvents ?? []));
      }
      const { Stacks } = await client.send(
        new DescribeStacksCommand({ StackName }),
      );
      return {
        status: Stacks![0].StackStatus,
        outputs: Object.fromEntries(
          (Stacks![0].Outputs ?? []).map(({ OutputKey, OutputValue }) => [
            OutputKey,
            OutputValue,
          ]),
        ),
        failures: StackEvents.filter(({ ResourceStatus }) =>
          ResourceStatus!.endsWith('_FAILED'),
        ).map(
          event => `${event.LogicalResourceId} ${event.ResourceStatusReason}`,
        ),
        updated: StackEvents.filter(
          ({ ResourceStatus }) => ResourceStatus === 'UPDATE_COMPLETE',
        ).map(({ LogicalResourceId }) => LogicalResourceId!),
        created: StackEvents.filter(
          ({ ResourceStatus }) => ResourceStatus === 'CREATE_COMPLETE',
        ).map(({ LogicalResourceId }) => LogicalResourceId!),
      };
    }
    const counts = () =>
      [
        estate.roles,
        estate.managedPolicies,
        estate.logGroups,
        estate.functions,
        estate.buckets,
        estate.certificates,
        estate.loadBalancers,
        estate.loadBalancerListeners,
        estate.loadBalancerRules,
        estate.resourceGateways,
        estate.resourceConfigurations,
        estate.resourceAssociations,
        estate.latticeResourcePolicies,
        estate.otherResources,
      ].map(({ size }) => size);

    const before = counts();
    const { StackId } = await client.send(
      new CreateStackCommand({
        StackName: 'team',
        TemplateBody: template,
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        Parameters: parameters('first'),
      }),
    );
    const made = await atRest(StackId!);
    expect(made.failures).toEqual([]);
    expect(made).toMatchObject({
      status: 'CREATE_COMPLETE',
      outputs: { Word: 'first', Version: '1' },
    });
    expect(estate.resourceConfigurations.values()).toMatchObject([
      {
        resourceConfigurationDefinition: {
          dnsResource: { domainName: 'first.example.com' },
        },
      },
    ]);

    await client.send(
      new UpdateStackCommand({
        StackName: 'team',
        TemplateBody: template,
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        Parameters: parameters('second'),
      }),
    );
    const changed = await atRest(StackId!);
    expect(changed.failures).toEqual([]);
    expect(changed).toMatchObject({
      status: 'UPDATE_COMPLETE',
      outputs: { Word: 'second', Version: '1' },
    });
    // Nothing of this needs a new resource.
    expect(changed.created).toEqual(made.created);
    expect(changed.updated.length).toBeGreaterThan(25);
    const role = estate.roles.find(({ name }) => name.startsWith('team-Role'))!;
    expect(role).toMatchObject({
      description: 'second',
      tags: { word: 'second' },
    });
    expect(Object.keys(role.inlinePolicies).sort()).toEqual([
      'of-role',
      'second',
    ]);
    expect(
      estate.managedPolicies.get(role.attachedPolicyArns[0])?.document,
    ).toMatchObject({
      Statement: [{ Resource: 'arn:aws:s3:::second/*' }],
    });
    expect(
      estate.functions.find(({ name }) => name.startsWith('team-')),
    ).toMatchObject({
      environment: { WORD: 'second' },
      tags: { word: 'second' },
    });
    expect(estate.loadBalancerRules.values()).toMatchObject([
      { conditions: [{ PathPatternConfig: { Values: ['/second/*'] } }] },
    ]);

    // Another stack reads what this one has put into the parameter store.
    const { StackId: readerId } = await client.send(
      new CreateStackCommand({
        StackName: 'reader',
        TemplateBody: `
Parameters: { Word: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /team/word } }
Resources: { Handle: { Type: AWS::CloudFormation::WaitConditionHandle } }
Outputs: { Word: { Value: !Ref Word } }
`,
      }),
    );
    expect((await atRest(readerId!)).outputs).toEqual({ Word: 'second' });

    await client.send(new DeleteStackCommand({ StackName: 'team' }));
    const gone = await atRest(StackId!);
    expect(gone.failures).toEqual([]);
    expect(gone.status).toBe('DELETE_COMPLETE');
    expect(counts()).toEqual(before);
  });
});
