import {
  CloudTrailClient,
  LookupEventsCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  ResourceAlreadyExistsException,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  CreateRoleCommand,
  GetRoleCommand,
  IAMClient,
  NoSuchEntityException,
} from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import {
  CreateServiceNetworkCommand,
  GetServiceCommand,
  ListServiceNetworksCommand,
  ListServicesCommand,
  ListTagsForResourceCommand,
  ResourceNotFoundException,
  ValidationException,
  VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { Readable } from 'stream';
import {
  startTestSandbox,
  TestCredentials,
  TestSandbox,
} from '../testing/startTestSandbox';

const accountId = '223344556677';
const trustPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: accountId },
      Action: 'sts:AssumeRole',
    },
  ],
});

/** Makes a signed request that no SDK client would make. */
async function signedFetch(options: {
  url: string;
  method: string;
  service: string;
  credentials: TestCredentials;
}): Promise<Response> {
  const { method, service, credentials } = options;
  const url = new URL(options.url);
  const signer = new SignatureV4({
    credentials,
    region: 'us-east-1',
    service,
    sha256: Sha256,
  });
  const { headers } = (await signer.sign({
    protocol: url.protocol,
    hostname: url.hostname,
    method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { host: url.host },
  } as any)) as unknown as { headers: Record<string, string> };
  return fetch(url, { method, headers });
}

describe('the wire, by AWS SDK clients', () => {
  let testSandbox: TestSandbox;
  let config: ReturnType<TestSandbox['clientConfig']>;

  beforeAll(async () => {
    testSandbox = await startTestSandbox();
    config = testSandbox.clientConfig({ accountId });
  });

  afterAll(() => testSandbox.stop());

  describe('restJson1', () => {
    it('carries values both ways', async () => {
      const client = new VPCLatticeClient(config);
      const tags = { 'a key/+': 'välue "&<' };
      const { arn } = await client.send(
        new CreateServiceNetworkCommand({ name: 'round-trip', tags }),
      );
      const listed = await client.send(new ListServiceNetworksCommand({}));
      expect(listed.items!.find(item => item.arn === arn)).toMatchObject({
        name: 'round-trip',
        numberOfAssociatedVPCs: 0,
        createdAt: expect.any(Date),
      });
      await expect(
        client.send(new ListTagsForResourceCommand({ resourceArn: arn })),
      ).resolves.toMatchObject({ tags });
    });

    it('carries typed errors with their members', async () => {
      const client = new VPCLatticeClient(config);
      const error = await client
        .send(new GetServiceCommand({ serviceIdentifier: 'svc-none' }))
        .catch(caught => caught);
      expect(error).toBeInstanceOf(ResourceNotFoundException);
      expect(error).toMatchObject({
        resourceId: 'svc-none',
        resourceType: 'SERVICE',
        $metadata: { httpStatusCode: 404 },
      });
    });

    it('refuses inputs that lack required members', async () => {
      const error = await new VPCLatticeClient(config)
        .send(new CreateServiceNetworkCommand({ name: undefined }))
        .catch(caught => caught);
      expect(error).toBeInstanceOf(ValidationException);
      expect(error).toMatchObject({
        reason: 'fieldValidationFailed',
        fieldList: [{ name: 'name' }],
      });
    });

    it('gives pages', async () => {
      const client = new VPCLatticeClient(config);
      const names: (string | undefined)[] = [];
      let nextToken: string | undefined;
      do {
        const page = await client.send(
          new ListServicesCommand({ maxResults: 1, nextToken }),
        );
        expect(page.items).toHaveLength(1);
        names.push(page.items![0].name);
        nextToken = page.nextToken;
      } while (nextToken);
      expect(names.sort()).toEqual(['inventory', 'orders', 'recommendations']);
      await expect(
        client.send(new ListServicesCommand({ nextToken: 'forged' })),
      ).rejects.toThrow(ValidationException);
    });
  });

  it('speaks awsJson1_1', async () => {
    const client = new CloudWatchLogsClient(config);
    const create = new CreateLogGroupCommand({ logGroupName: '/round/trip' });
    await client.send(create);
    await expect(client.send(create)).rejects.toThrow(
      ResourceAlreadyExistsException,
    );
    await expect(
      client.send(
        new DescribeLogGroupsCommand({ logGroupNamePrefix: '/round' }),
      ),
    ).resolves.toMatchObject({
      logGroups: [
        {
          logGroupName: '/round/trip',
          arn: `arn:aws:logs:us-east-1:${accountId}:log-group:/round/trip:*`,
        },
      ],
    });
  });

  it('speaks awsQuery', async () => {
    const iam = new IAMClient(config);
    const sts = new STSClient(config);
    await iam.send(
      new CreateRoleCommand({
        RoleName: 'round-trip',
        AssumeRolePolicyDocument: trustPolicy,
        Tags: [{ Key: 'a', Value: '<&>' }],
      }),
    );
    const { Role } = await iam.send(
      new GetRoleCommand({ RoleName: 'round-trip' }),
    );
    expect(decodeURIComponent(Role!.AssumeRolePolicyDocument!)).toBe(
      trustPolicy,
    );
    expect(Role).toMatchObject({
      Tags: [{ Key: 'a', Value: '<&>' }],
      CreateDate: expect.any(Date),
    });
    await expect(
      iam.send(new GetRoleCommand({ RoleName: 'none' })),
    ).rejects.toThrow(NoSuchEntityException);
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: Role!.Arn, RoleSessionName: 'me' }),
    );
    const session = new STSClient({
      ...config,
      credentials: {
        accessKeyId: Credentials!.AccessKeyId!,
        secretAccessKey: Credentials!.SecretAccessKey!,
        sessionToken: Credentials!.SessionToken!,
      },
    });
    await expect(
      session.send(new GetCallerIdentityCommand({})),
    ).resolves.toMatchObject({
      Arn: `arn:aws:sts::${accountId}:assumed-role/round-trip/me`,
    });
  });

  it('speaks ec2Query', async () => {
    const client = new EC2Client(config);
    const { Vpcs } = await client.send(new DescribeVpcsCommand({}));
    const { GroupId } = await client.send(
      new CreateSecurityGroupCommand({
        GroupName: 'round-trip',
        Description: 'a & b',
        VpcId: Vpcs![0].VpcId,
        TagSpecifications: [
          { ResourceType: 'security-group', Tags: [{ Key: 'k', Value: 'v' }] },
        ],
      }),
    );
    await client.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId,
        IpPermissions: [
          {
            IpProtocol: 'tcp',
            FromPort: 443,
            ToPort: 443,
            IpRanges: [{ CidrIp: '10.0.0.0/8' }, { CidrIp: '192.168.0.0/16' }],
          },
        ],
      }),
    );
    const { SecurityGroups } = await client.send(
      new DescribeSecurityGroupsCommand({
        Filters: [{ Name: 'tag:k', Values: ['v'] }],
      }),
    );
    expect(SecurityGroups).toMatchObject([
      {
        GroupId,
        Description: 'a & b',
        IpPermissions: [
          {
            FromPort: 443,
            IpRanges: [{ CidrIp: '10.0.0.0/8' }, { CidrIp: '192.168.0.0/16' }],
          },
        ],
        IpPermissionsEgress: [{ IpProtocol: '-1' }],
      },
    ]);
    await expect(
      client.send(new DescribeVpcsCommand({ VpcIds: ['vpc-0'] })),
    ).rejects.toMatchObject({ name: 'InvalidVpcID.NotFound' });
  });

  it('speaks restXml', async () => {
    const client = new S3Client(config);
    const Bucket = 'round-trip';
    await client.send(new CreateBucketCommand({ Bucket }));
    const bodies: Record<string, any> = {
      'a/ü &.txt': 'text',
      'a/bytes': Buffer.from([0, 255]),
      b: Readable.from([Buffer.alloc(70_000, 'x')]),
    };
    for (const [Key, Body] of Object.entries(bodies)) {
      const ContentLength = Key === 'b' ? 70_000 : undefined;
      await client.send(
        new PutObjectCommand({ Bucket, Key, Body, ContentLength }),
      );
    }
    const read = async (Key: string) =>
      (await client.send(new GetObjectCommand({ Bucket, Key }))).Body!;
    await expect((await read('a/ü &.txt')).transformToString()).resolves.toBe(
      'text',
    );
    await expect(
      (await read('a/bytes')).transformToByteArray(),
    ).resolves.toEqual(new Uint8Array([0, 255]));
    await expect(
      client.send(new HeadObjectCommand({ Bucket, Key: 'b' })),
    ).resolves.toMatchObject({ ContentLength: 70_000 });
    const page = await client.send(
      new ListObjectsV2Command({ Bucket, Delimiter: '/' }),
    );
    expect(page).toMatchObject({
      CommonPrefixes: [{ Prefix: 'a/' }],
      Contents: [{ Key: 'b', Size: 70_000 }],
      IsTruncated: false,
    });
    await expect(read('none')).rejects.toThrow(NoSuchKey);
    await expect(
      client.send(new HeadObjectCommand({ Bucket, Key: 'none' })),
    ).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('keeps every write in the event history', async () => {
    const { Events } = await new CloudTrailClient(config).send(
      new LookupEventsCommand({
        LookupAttributes: [
          { AttributeKey: 'EventName', AttributeValue: 'CreateServiceNetwork' },
        ],
      }),
    );
    expect(JSON.parse(Events![0].CloudTrailEvent!)).toMatchObject({
      eventSource: 'vpc-lattice.amazonaws.com',
      requestParameters: { name: 'round-trip' },
      userIdentity: { arn: `arn:aws:iam::${accountId}:root` },
    });
  });

  it.each([
    ['a wrong secret', { secretAccessKey: 'wrong' }, 'InvalidSignature'],
    ['an unknown key', { accessKeyId: 'AKIANOBODY' }, 'UnrecognizedClient'],
    ['a foreign token', { sessionToken: 'x' }, 'UnrecognizedClient'],
  ])('refuses %s', async (_, change, name) => {
    const credentials = { ...(await config.credentials()), ...change };
    await expect(
      new VPCLatticeClient({ ...config, credentials }).send(
        new ListServicesCommand({}),
      ),
    ).rejects.toMatchObject({
      name: `${name}Exception`,
      $metadata: { httpStatusCode: 403 },
    });
  });

  it.each([
    ['GET', '/nowhere', 'vpc-lattice', 404, 'UnknownOperationException'],
    ['GET', '/domainverifications', 'vpc-lattice', 404, 'UnknownOperation'],
    ['POST', '/', 'logs', 400, 'UnknownOperationException'],
    ['POST', '/', 'iam', 400, 'InvalidAction'],
    ['POST', '/', 'ec2', 400, 'InvalidAction'],
    ['GET', '/', 'lambda', 404, 'does not have the AWS service lambda'],
  ])(
    'says that %s %s of %s is not there',
    async (method, path, service, status, text) => {
      const response = await signedFetch({
        url: `${testSandbox.url}${path}`,
        method,
        service,
        credentials: await config.credentials(),
      });
      const body = await response.text();
      expect(response.status).toBe(status);
      expect(`${response.headers.get('x-amzn-errortype')} ${body}`).toContain(
        text,
      );
    },
  );

  it('answers its health without credentials', async () => {
    const response = await fetch(`${testSandbox.url}/_sandbox/health`);
    await expect(response.json()).resolves.toMatchObject({ status: 'ok' });
  });
});
