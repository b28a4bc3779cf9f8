import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import {
  GetAuthPolicyCommand,
  ListServicesCommand,
  PutAuthPolicyCommand,
  VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { Sandbox } from './Sandbox';
import { startTestSandbox, TestSandbox } from './testing/startTestSandbox';

const accountId = '223344556677';
const root = '001122334455';
const logGroupName = '/aws/lattice/service-orders';
const policy =
  '{"Statement":[{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}]}';

describe('Sandbox', () => {
  let directory: string;
  let running: TestSandbox[];

  async function start() {
    const testSandbox = await startTestSandbox({ dataDirectory: directory });
    running.push(testSandbox);
    return testSandbox;
  }

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sandbox-'));
    running = [];
  });

  afterEach(async () => {
    await Promise.all(running.map(item => item.stop()));
    await rm(directory, { recursive: true });
  });

  it('keeps policies, logs and sessions over a restart', async () => {
    const first = await start();
    const before = first.clientConfig({ accountId });
    const { Credentials } = await new STSClient(
      first.clientConfig({ accountId: root }),
    ).send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${accountId}:role/lattice-portal-writer`,
        RoleSessionName: 'portal',
      }),
    );
    const credentials = {
      accessKeyId: Credentials!.AccessKeyId!,
      secretAccessKey: Credentials!.SecretAccessKey!,
      sessionToken: Credentials!.SessionToken!,
    };
    const { items } = await new VPCLatticeClient(before).send(
      new ListServicesCommand({}),
    );
    const resourceIdentifier = items![0].arn;
    await new VPCLatticeClient({ ...before, credentials }).send(
      new PutAuthPolicyCommand({ resourceIdentifier, policy }),
    );
    const logs = new CloudWatchLogsClient(before);
    const stream = { logGroupName, logStreamName: 'mine' };
    await logs.send(new CreateLogStreamCommand(stream));
    const now = Date.now();
    await logs.send(
      new PutLogEventsCommand({
        ...stream,
        logEvents: [
          { timestamp: now - 20 * 86_400_000, message: 'too old' },
          { timestamp: now - 1, message: 'one' },
          { timestamp: now, message: 'two' },
        ],
      }),
    );
    await first.stop();

    const second = await start();
    const after = second.clientConfig({ accountId });
    const session = new VPCLatticeClient({ ...after, credentials });
    await expect(
      session.send(new GetAuthPolicyCommand({ resourceIdentifier })),
    ).resolves.toMatchObject({ policy, state: 'Active' });
    // The role may write policies and nothing else.
    await expect(
      session.send(new ListServicesCommand({})),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });

    const reader = new CloudWatchLogsClient(after);
    const page = await reader.send(
      new FilterLogEventsCommand({ ...stream, limit: 1 } as any),
    );
    const rest = await reader.send(
      new FilterLogEventsCommand({ logGroupName, nextToken: page.nextToken }),
    );
    expect(
      [...page.events!, ...rest.events!].map(event => event.message),
    ).toEqual(['one', 'two']);
    const read = (nextToken?: string) =>
      reader.send(
        new GetLogEventsCommand({ ...stream, startFromHead: true, nextToken }),
      );
    const all = await read();
    expect(all.events).toHaveLength(2);
    const end = await read(all.nextForwardToken);
    expect(end.events).toHaveLength(0);
    expect(end.nextForwardToken).toBe(all.nextForwardToken);
    await expect(
      reader.send(new DescribeLogStreamsCommand({ logGroupName })),
    ).resolves.toMatchObject({
      logStreams: [{ logStreamName: 'mine', lastEventTimestamp: now }],
    });
  });

  it('lets nobody assume a role that does not trust them', async () => {
    const testSandbox = await start();
    await expect(
      new STSClient(
        testSandbox.clientConfig({ accountId: '667788990011' }),
      ).send(
        new AssumeRoleCommand({
          RoleArn: `arn:aws:iam::${accountId}:role/lattice-portal-writer`,
          RoleSessionName: 'intruder',
        }),
      ),
    ).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('lets go of everything when it cannot start', async () => {
    const { url } = await start();
    const port = Number(new URL(url).port);
    const other = join(directory, 'other');
    await expect(
      Sandbox.start({ port, dataDirectory: other }),
    ).rejects.toMatchObject({ code: 'EADDRINUSE' });
    const sandbox = await Sandbox.start({
      port: 0,
      dataDirectory: other,
      traffic: false,
    });
    await sandbox.stop();
    await sandbox.stop();
  });
});
