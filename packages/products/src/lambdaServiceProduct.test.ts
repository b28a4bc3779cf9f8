import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import {
  DescribeProvisioningParametersCommand,
  ListLaunchPathsCommand,
  ListProvisioningArtifactsCommand,
  ProvisionProductCommand,
  SearchProductsCommand,
  ServiceCatalogClient,
  TerminateProvisionedProductCommand,
} from '@aws-sdk/client-service-catalog';
import {
  GetAuthPolicyCommand,
  GetServiceCommand,
  ListServiceNetworksCommand,
  ListTargetsCommand,
  VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import type { TestSandbox } from '@lattice-portal/sandbox';
import { callAs, finishedRecord } from './__testUtils__/productLaunches';
import { startProductSandbox } from './__testUtils__/repositoryTemplates';

jest.setTimeout(60_000);

const accountId = '667788990011';
const batchExport = `arn:aws:iam::${accountId}:role/batch-export`;

describe('the product of the Lambda template, by AWS SDK clients', () => {
  let testSandbox: TestSandbox;
  let catalog: ServiceCatalogClient;
  let formation: CloudFormationClient;
  let lattice: VPCLatticeClient;
  let networkArn: string;

  beforeEach(async () => {
    testSandbox = await startProductSandbox('lattice-lambda-service');
    const config = testSandbox.clientConfig({ accountId });
    catalog = new ServiceCatalogClient(config);
    formation = new CloudFormationClient(config);
    lattice = new VPCLatticeClient(config);
    const { items } = await lattice.send(new ListServiceNetworksCommand({}));
    networkArn = items![0].arn!;
  });

  afterEach(() => testSandbox.stop());

  function remains() {
    const { estate } = testSandbox.sandbox;
    const own = (resource: { accountId: string }) =>
      resource.accountId === accountId;
    return {
      services: estate.services.filter(own).length,
      targetGroups: estate.targetGroups.filter(own).length,
      functions: estate.functions.filter(own).length,
      roles: estate.roles.filter(own).length,
      logGroups: estate.logGroups.filter(own).length,
      associations: estate.serviceAssociations.filter(own).length,
      subscriptions: estate.accessLogSubscriptions.filter(own).length,
      authPolicies: estate.authPolicies.size,
      listeners: estate.listeners.size,
      others: estate.otherResources.size,
    };
  }

  /** Calls a service from the VPC `analytics-batch`, signed as a role of the account. */
  function callService(host: string, path: string, roleName: string) {
    const { vpcs } = testSandbox.sandbox.estate;
    return callAs({
      testSandbox,
      roleArn: `arn:aws:iam::${accountId}:role/${roleName}`,
      vpcId: vpcs.find(({ tags }) => tags.Name === 'analytics-batch')!.id,
      host,
      path,
    });
  }

  async function provision(parameters: Record<string, string>) {
    const { ProductViewSummaries } = await catalog.send(
      new SearchProductsCommand({}),
    );
    const { ProductId } = ProductViewSummaries!.find(
      ({ Name }) => Name === 'lattice-lambda-service',
    )!;
    const { ProvisioningArtifactDetails } = await catalog.send(
      new ListProvisioningArtifactsCommand({ ProductId }),
    );
    const { LaunchPathSummaries } = await catalog.send(
      new ListLaunchPathsCommand({ ProductId }),
    );
    const product = {
      ProductId,
      ProvisioningArtifactId: ProvisioningArtifactDetails![0].Id!,
      PathId: LaunchPathSummaries![0].Id!,
    };
    const { ProvisioningArtifactParameters } = await catalog.send(
      new DescribeProvisioningParametersCommand(product),
    );
    expect(
      ProvisioningArtifactParameters!.map(({ ParameterKey }) => ParameterKey),
    ).toEqual(expect.arrayContaining(Object.keys(parameters)));
    const { RecordDetail } = await catalog.send(
      new ProvisionProductCommand({
        ...product,
        ProvisionedProductName: parameters.ServiceName,
        ProvisionToken: `token-${parameters.ServiceName}`,
        ProvisioningParameters: Object.entries(parameters).map(
          ([Key, Value]) => ({ Key, Value }),
        ),
      }),
    );
    return finishedRecord(catalog, RecordDetail!.RecordId);
  }

  it('makes a complete service, and removes it again', async () => {
    const before = remains();
    const record = await provision({
      ServiceName: 'reports',
      ServiceNetworkArn: networkArn,
      AllowedCallers: batchExport,
      AllowedMethods: 'GET,POST',
      AllowedPath: '/reports/*',
      Owner: 'group:analytics',
      System: 'analytics',
    });
    expect(record.RecordDetail).toMatchObject({
      Status: 'SUCCEEDED',
      RecordErrors: [],
    });
    const outputs = Object.fromEntries(
      record.RecordOutputs!.map(output => [
        output.OutputKey,
        output.OutputValue!,
      ]),
    );

    const service = await lattice.send(
      new GetServiceCommand({ serviceIdentifier: outputs.ServiceId }),
    );
    expect(service).toMatchObject({
      arn: outputs.ServiceArn,
      name: 'reports',
      authType: 'AWS_IAM',
      dnsEntry: { domainName: outputs.ServiceDomainName },
    });
    expect(
      testSandbox.sandbox.estate.services.get(outputs.ServiceArn)!.tags,
    ).toEqual({
      owner: 'group:analytics',
      component: 'reports',
      system: 'analytics',
      // By the TagOption of the portfolio.
      'managed-by': 'lattice-portal',
    });
    const { policy, state } = await lattice.send(
      new GetAuthPolicyCommand({ resourceIdentifier: outputs.ServiceArn }),
    );
    expect(state).toBe('Active');
    expect(JSON.parse(policy!).Statement).toEqual([
      {
        Sid: 'AllowChosenCallers',
        Effect: 'Allow',
        Principal: { AWS: [batchExport] },
        Action: 'vpc-lattice-svcs:Invoke',
        Resource: `${outputs.ServiceArn}/reports/*`,
        Condition: {
          StringEquals: {
            'vpc-lattice-svcs:ServiceNetworkArn': networkArn,
            'vpc-lattice-svcs:RequestMethod': ['GET', 'POST'],
          },
          StringNotEquals: { 'aws:PrincipalType': 'Anonymous' },
        },
      },
    ]);
    const { items } = await lattice.send(
      new ListTargetsCommand({ targetGroupIdentifier: outputs.TargetGroupArn }),
    );
    expect(items).toMatchObject([{ id: outputs.FunctionArn }]);

    const { Stacks } = await formation.send(
      new DescribeStacksCommand({ StackName: outputs.CloudformationStackARN }),
    );
    expect(Stacks).toMatchObject([{ StackStatus: 'CREATE_COMPLETE' }]);
    const { StackEvents } = await formation.send(
      new DescribeStackEventsCommand({
        StackName: outputs.CloudformationStackARN,
      }),
    );
    const made = StackEvents!
      .filter(event => event.ResourceStatus === 'CREATE_COMPLETE')
      .map(event => event.LogicalResourceId);
    expect(made.slice(0, 2)).toEqual([
      expect.stringMatching(/^SC-/),
      'NetworkAssociation',
    ]);

    const domain = outputs.ServiceDomainName;
    const allowed = await callService(domain, '/reports/7', 'batch-export');
    expect(allowed.status).toBe(200);
    expect(JSON.parse(allowed.body)).toMatchObject({
      service: 'reports',
      request: { method: 'GET', path: '/reports/7' },
      caller: {
        principal: expect.stringContaining(':assumed-role/batch-export/'),
        organization: 'o-lattice01',
      },
    });
    expect(await callService(domain, '/reports/7', 'reporting')).toMatchObject({
      status: 403,
      body: expect.stringContaining('service-based policy'),
    });
    expect(await callService(domain, '/else', 'batch-export')).toMatchObject({
      status: 403,
    });

    const { RecordDetail } = await catalog.send(
      new TerminateProvisionedProductCommand({
        ProvisionedProductName: 'reports',
        TerminateToken: 'end',
      }),
    );
    expect(await finishedRecord(catalog, RecordDetail!.RecordId)).toMatchObject(
      {
        RecordDetail: { Status: 'SUCCEEDED', RecordErrors: [] },
      },
    );
    expect(remains()).toEqual(before);
  });

  it('gives the function a table, calls of its own and a whole policy', async () => {
    const { estate } = testSandbox.sandbox;
    const called = estate.services.find(({ name }) => name === 'inventory');
    const AuthPolicy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Own',
          Effect: 'Allow',
          Principal: { AWS: batchExport },
          Action: 'vpc-lattice-svcs:Invoke',
          Resource: '*/reports/*',
        },
      ],
    });
    const before = remains();
    const record = await provision({
      ServiceName: 'reports',
      ServiceNetworkArn: networkArn,
      AllowedCallers: batchExport,
      AuthPolicy,
      Owner: 'group:analytics',
      CalledServices: called!.arn,
      TableKeyName: 'id',
    });
    expect(record.RecordDetail).toMatchObject({
      Status: 'SUCCEEDED',
      RecordErrors: [],
    });
    const output = (key: string) =>
      record.RecordOutputs!.find(({ OutputKey }) => OutputKey === key)!
        .OutputValue!;
    const { policy } = await lattice.send(
      new GetAuthPolicyCommand({ resourceIdentifier: output('ServiceArn') }),
    );
    expect(policy).toBe(AuthPolicy);
    const role = estate.roles.get(output('FunctionRoleArn'));
    expect(role?.inlinePolicies['call-services']).toMatchObject({
      Statement: [{ Resource: [`${called!.arn}/*`] }],
    });
    expect(role?.inlinePolicies['use-own-table']).toBeDefined();
    expect(role?.inlinePolicies['run-in-vpc']).toBeUndefined();

    const { RecordDetail } = await catalog.send(
      new TerminateProvisionedProductCommand({
        ProvisionedProductName: 'reports',
        TerminateToken: 'end',
      }),
    );
    await finishedRecord(catalog, RecordDetail!.RecordId);
    expect(remains()).toEqual(before);
  });

  it.each([
    [
      'the network is not shared with the account',
      { ServiceName: 'reports' },
      /^NetworkAssociation \(AWS::VpcLattice::ServiceNetworkServiceAssociation\): .*AccessDeniedException/,
    ],
  ])(
    'says what failed and why, and leaves nothing, when %s',
    async (_, parameters, reason) => {
      const before = remains();
      const { RecordDetail } = await provision({
        ServiceNetworkArn: networkArn.replace(/.{17}$/, '0'.repeat(17)),
        AllowedCallers: batchExport,
        Owner: 'group:analytics',
        ...parameters,
      });
      expect(RecordDetail).toMatchObject({
        Status: 'FAILED',
        RecordErrors: [{ Description: expect.stringMatching(reason) }],
      });
      expect(remains()).toEqual(before);
    },
  );

  it('says which permission the launch role lacks', async () => {
    const before = remains();
    const { estate } = testSandbox.sandbox;
    estate.roles.update(
      `arn:aws:iam::${accountId}:role/lattice-portal-launch-lambda-service`,
      role => ({
        ...role,
        inlinePolicies: {
          ...role.inlinePolicies,
          noAssociation: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Deny',
                Action: 'vpc-lattice:CreateServiceNetworkServiceAssociation',
                Resource: '*',
              },
            ],
          },
        },
      }),
    );
    const { RecordDetail } = await provision({
      ServiceName: 'reports',
      ServiceNetworkArn: networkArn,
      AllowedCallers: batchExport,
      Owner: 'group:analytics',
    });
    expect(RecordDetail).toMatchObject({
      Status: 'FAILED',
      RecordErrors: [
        {
          Description: expect.stringMatching(
            /^NetworkAssociation .*lattice-portal-launch-lambda-service.* is not authorized to perform: vpc-lattice:CreateServiceNetworkServiceAssociation/,
          ),
        },
      ],
    });
    expect(remains()).toEqual(before);
  });
});
