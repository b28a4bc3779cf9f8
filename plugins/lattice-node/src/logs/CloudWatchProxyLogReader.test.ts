import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { accounts, region, startEstate } from '../__testUtils__/startEstate';
import { CloudWatchProxyLogReader } from './CloudWatchProxyLogReader';

const name = '/aws/apigateway/public';
const now = Date.now();

describe('CloudWatchProxyLogReader', () => {
  let estate: Awaited<ReturnType<typeof startEstate>>;

  beforeAll(async () => {
    estate = await startEstate({ traffic: false });
    const client = new CloudWatchLogsClient(
      estate.sandbox.clientConfig({ accountId: accounts.edge }),
    );
    await client.send(new CreateLogGroupCommand({ logGroupName: name }));
    await client.send(
      new CreateLogStreamCommand({ logGroupName: name, logStreamName: 'a' }),
    );
    const line = (requestId: string, age: number) => ({
      timestamp: now - age,
      message: JSON.stringify({ requestId, status: 403 }),
    });
    await client.send(
      new PutLogEventsCommand({
        logGroupName: name,
        logStreamName: 'a',
        logEvents: [
          line('7f-1', 600_000),
          line('7f-1', 5_000),
          line('other 7f-2', 4_000),
          line('7f-1', 3_000),
          ...Array.from({ length: 150 }, () => line('busy', 1_000)),
        ],
      }),
    );
  });

  afterAll(() => estate.stop());

  const linesOf = (requestId: string, group = {}) =>
    CloudWatchProxyLogReader.create({ aws: estate.aws }).linesOf({
      group: { accountId: accounts.edge, region, name, ...group },
      requestId,
      from: now - 60_000,
      to: now + 60_000,
    });

  it('finds the lines of a request within the time', async () => {
    await expect(linesOf('7f-1')).resolves.toEqual({
      isComplete: true,
      lines: [5_000, 3_000].map(age => ({
        timestamp: now - age,
        stream: 'a',
        text: '{"requestId":"7f-1","status":403}',
      })),
    });
    await expect(linesOf('7f-3')).resolves.toEqual({
      isComplete: true,
      lines: [],
    });
  });

  it('says when there are more lines than it gives', async () => {
    const { lines, isComplete } = await linesOf('busy');
    expect([lines.length, isComplete]).toEqual([100, false]);
  });

  it.each(['"', 'a" ?"', '\\', 'ü', '', 'x'.repeat(129), 'a\nb'])(
    'does not search for %j',
    async requestId => {
      await expect(linesOf(requestId)).rejects.toThrow(
        'CloudWatch Logs is not asked for this request id',
      );
    },
  );

  it('tells why a log group can’t be read', async () => {
    await expect(linesOf('a', { name: 'none' })).rejects.toThrow(
      /does not exist|ResourceNotFound/,
    );
    await expect(linesOf('a', { accountId: '123456789012' })).rejects.toThrow(
      'not in the configuration',
    );
  });
});
