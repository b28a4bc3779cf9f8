import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { TestSandbox, startTestSandbox } from '../../testing/startTestSandbox';

/** Every type but those that the product's test holds already. */
const template = `
Parameters:
  Vpc: { Type: AWS::EC2::VPC::Id }
  PrefixList: { Type: String }
Resources:
  Network:
    Type: AWS::VpcLattice::ServiceNetwork
    Properties: { Name: team, AuthType: AWS_IAM }
  Association:
    Type: AWS::VpcLattice::ServiceNetworkVpcAssociation
    Properties:
      ServiceNetworkIdentifier: !GetAtt Network.Id
      VpcIdentifier: !Ref Vpc
      SecurityGroupIds: [!GetAtt Clients.GroupId]
  Clients:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Clients
      VpcId: !Ref Vpc
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8 }
      SecurityGroupEgress:
        - { IpProtocol: tcp, FromPort: 443, ToPort: 443, DestinationPrefixListId: !Ref PrefixList }
  FromEachOther:
    Type: AWS::EC2::SecurityGroupIngress
    Properties: { GroupId: !Ref Clients, IpProtocol: tcp, FromPort: 80, ToPort: 80, SourceSecurityGroupId: !Ref Clients }
  ToAll:
    Type: AWS::EC2::SecurityGroupEgress
    Properties: { GroupId: !Ref Clients, IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0 }
  Share:
    Type: AWS::RAM::ResourceShare
    Properties:
      Name: team
      AllowExternalPrincipals: false
      ResourceArns: [!Ref Network]
      Principals: ['445566778899']
  Service:
    Type: AWS::VpcLattice::Service
  Group:
    Type: AWS::VpcLattice::TargetGroup
    Properties:
      Type: IP
      Config: { Port: 8080, Protocol: HTTP, VpcIdentifier: !Ref Vpc }
      Targets: [{ Id: 10.7.0.9 }]
  Listener:
    Type: AWS::VpcLattice::Listener
    Properties:
      ServiceIdentifier: !Ref Service
      Protocol: HTTPS
      DefaultAction: { FixedResponse: { StatusCode: 404 } }
  Rule:
    Type: AWS::VpcLattice::Rule
    Properties:
      ListenerIdentifier: !Ref Listener
      Priority: 10
      Match: { HttpMatch: { Method: GET, PathMatch: { Match: { Prefix: /a } } } }
      Action: { Forward: { TargetGroups: [{ TargetGroupIdentifier: !Ref Group }] } }
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
Outputs:
  Association: { Value: !GetAtt Association.Status }
  Rule: { Value: !GetAtt Rule.Arn }
  Share: { Value: !GetAtt Share.Status }
  Table: { Value: !GetAtt Table.Arn }
`;

describe('resource providers', () => {
  const accountId = '778899001122';
  let testSandbox: TestSandbox;

  beforeAll(async () => {
    testSandbox = await startTestSandbox();
  });
  afterAll(() => testSandbox.stop());

  it('make and remove every type through the operations of its service', async () => {
    const { estate } = testSandbox.sandbox;
    const client = new CloudFormationClient(
      testSandbox.clientConfig({ accountId }),
    );
    async function atRest(StackName: string) {
      for (;;) {
        const { Stacks } = await client.send(
          new DescribeStacksCommand({ StackName }),
        );
        if (!Stacks![0].StackStatus!.endsWith('_IN_PROGRESS')) {
          return Stacks![0];
        }
        await new Promise(wake => setTimeout(wake, 10));
      }
    }
    const own = ({ accountId: owner }: { accountId: string }) =>
      owner === accountId;
    const counts = () =>
      [
        estate.serviceNetworks,
        estate.vpcAssociations,
        estate.securityGroups,
        estate.resourceShares,
        estate.services,
        estate.targetGroups,
        estate.listeners,
        estate.rules,
        estate.otherResources,
      ].map(collection => collection.values().filter(own).length);

    const before = counts();
    const { StackId } = await client.send(
      new CreateStackCommand({
        StackName: 'team',
        TemplateBody: template,
        Parameters: [
          {
            ParameterKey: 'Vpc',
            ParameterValue: estate.vpcs.find(own)!.id,
          },
          {
            ParameterKey: 'PrefixList',
            ParameterValue: estate.prefixLists.find(own)!.id,
          },
        ],
      }),
    );
    const stack = await atRest(StackId!);
    const { StackResources } = await client.send(
      new DescribeStackResourcesCommand({ StackName: StackId }),
    );
    expect(
      StackResources!
        .map(({ LogicalResourceId, ResourceStatus, ResourceStatusReason }) =>
          [LogicalResourceId, ResourceStatus, ResourceStatusReason ?? ''].join(
            ' ',
          ),
        )
        .filter(line => !line.includes('CREATE_COMPLETE')),
    ).toEqual([]);
    expect(stack.StackStatus).toBe('CREATE_COMPLETE');
    expect(stack.Outputs).toEqual([
      expect.objectContaining({ OutputValue: 'ACTIVE' }),
      expect.objectContaining({ OutputValue: expect.stringMatching(/rule-/) }),
      expect.objectContaining({ OutputValue: 'ACTIVE' }),
      expect.objectContaining({
        OutputValue: expect.stringMatching(/^arn:aws:dynamodb:.*:table\/team-/),
      }),
    ]);
    const group = estate.securityGroups.find(
      ({ description }) => description === 'Clients',
    )!;
    expect(
      group.rules
        .map(({ direction, fromPort, cidr, prefixListId, securityGroupId }) =>
          [
            direction,
            fromPort,
            cidr ?? prefixListId?.slice(0, 3) ?? securityGroupId?.slice(0, 3),
          ].join(' '),
        )
        .sort(),
    ).toEqual([
      'egress 443 pl-',
      'egress 80 0.0.0.0/0',
      'ingress 443 10.0.0.0/8',
      'ingress 80 sg-',
    ]);
    expect(estate.targetGroups.find(own)!.targets).toMatchObject([
      { id: '10.7.0.9', port: 8080 },
    ]);

    await client.send(new DeleteStackCommand({ StackName: 'team' }));
    expect(await atRest(StackId!)).toMatchObject({
      StackStatus: 'DELETE_COMPLETE',
    });
    // Shares stay listed for a while after their deletion.
    const shares = estate.resourceShares.filter(own);
    expect(shares.every(({ status }) => status === 'DELETED')).toBe(true);
    expect(counts().map((count, index) => count - before[index])).toEqual([
      0,
      0,
      0,
      shares.length,
      0,
      0,
      0,
      0,
      0,
    ]);
  });
});
