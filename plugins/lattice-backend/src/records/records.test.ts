import { promises as fs } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type {
  CallRecords,
  DenialCause,
  DenialExplanation,
} from '@lattice-portal/plugin-lattice-common';
import { startTestSandbox, type TestSandbox } from '@lattice-portal/sandbox';
import { eventually, startPortal } from '../__testUtils__/startPortal';

jest.setTimeout(120_000);

const hour = 3_600_000;
const edge = '445566778899';
const region = 'us-east-1';
const proxyLog = '/aws/apigateway/public';

describe('records of a call', () => {
  let sandbox: TestSandbox;
  let portal: Awaited<ReturnType<typeof startPortal>>;
  let directory: string;

  beforeAll(async () => {
    directory = await fs.mkdtemp(join(tmpdir(), 'records-'));
    sandbox = await startTestSandbox({ traffic: true });
    portal = await startPortal({
      sandbox,
      accessLogs: {
        startHoursAgo: 1,
        store: {
          type: 'embedded',
          directory,
          memoryLimit: 128,
          threads: 1,
          processes: 1,
        },
        proxyLogGroups: [
          { accountId: edge, region, name: proxyLog },
          { accountId: '123456789012', region, name: 'elsewhere' },
        ],
      },
    });
  });

  afterAll(async () => {
    await portal?.stop();
    await sandbox?.stop();
    // What is being written when the portal stops is there a moment later.
    await fs.rm(directory, { recursive: true, force: true, maxRetries: 20 });
  });

  const logsOf = (accountId: string) =>
    new CloudWatchLogsClient(sandbox.clientConfig({ accountId }));

  const recordsFor = async (user: string, requestId: string) => {
    const from = new Date(Date.now() - 2 * hour).toISOString();
    const path = `/records/${encodeURIComponent(requestId)}`;
    const answer = await portal.as(user).get(path, { from });
    expect(answer.status).toBe(200);
    return answer.body as CallRecords;
  };

  const deniedRequest = async (id: string | undefined) => {
    const owner = portal.as('commerce-owner');
    const { body } = await owner.get(`/denied-requests/${id}`);
    return body as DenialExplanation;
  };

  it('gives both sides of a denied call, and what the proxy wrote', async () => {
    const explain = async () => {
      const { body } = await portal.as('commerce-owner').get('/denial-causes');
      const cause = (body.causes as DenialCause[]).find(({ callerId }) =>
        callerId.endsWith('/batch-export'),
      );
      const denial = await deniedRequest(cause?.exampleId);
      if (!(denial.recordedIn?.length > 1)) {
        throw new Error(JSON.stringify(body.completeness));
      }
      return denial;
    };
    const { request, recorded } = await eventually(explain, 60);
    const requestId = request.requestId!;
    const client = logsOf(edge);
    await client.send(new CreateLogGroupCommand({ logGroupName: proxyLog }));
    await client.send(
      new CreateLogStreamCommand({
        logGroupName: proxyLog,
        logStreamName: 'a',
      }),
    );
    const message = JSON.stringify({ requestId, ip: '203.0.113.7' });
    await client.send(
      new PutLogEventsCommand({
        logGroupName: proxyLog,
        logStreamName: 'a',
        logEvents: [{ timestamp: Date.parse(request.startTime), message }],
      }),
    );
    // The network may have two logs, both read before the service's.
    const { found, recordedIn } = await eventually(async () => {
      const answer = await recordsFor('commerce-owner', requestId);
      // Of the cause there may be newer examples by now.
      const denial = await deniedRequest(request.id);
      expect(answer.calls[0]?.logs).toMatchObject([
        { of: 'network', status: 'recorded' },
        { of: 'service', status: 'recorded' },
      ]);
      expect(answer.calls[0].records).toHaveLength(denial.recordedIn.length);
      return { found: answer, recordedIn: denial.recordedIn };
    });
    expect(found).toMatchObject({
      lines: { count: recordedIn.length, isAtLeast: false },
      calls: [
        {
          key: request.id,
          outcome: 'denied-by-service',
          callerId: request.callerId,
          serviceName: 'inventory',
        },
      ],
      proxyLogs: [
        {
          name: proxyLog,
          status: 'read',
          isComplete: true,
          lines: [{ stream: 'a', text: message }],
        },
        {
          status: 'unknown',
          reason: expect.stringContaining('not in the configuration'),
        },
      ],
    });
    const { records } = found.calls[0];
    expect(records.map(({ source }) => source).sort()).toEqual(recordedIn);
    expect(records.map(({ isCounted }) => isCounted)).toEqual([
      true,
      ...records.slice(1).map(() => false),
    ]);
    expect(records[0].fields).toMatchObject({
      requestId,
      authDeniedReason: 'Service',
      requestPath: recorded.requestPath,
    });

    expect(await recordsFor('analytics-developer', requestId)).toMatchObject({
      calls: [{ key: request.id }],
    });
    expect(await recordsFor('edge-developer', requestId)).toMatchObject({
      lines: { count: 0, isAtLeast: false },
      calls: [],
      proxyLogs: [{ status: 'unknown' }, { status: 'unknown' }],
    });
  });

  it('gives the record of an allowed call to those whom it involves', async () => {
    const { events } = await logsOf('001122334455').send(
      new FilterLogEventsCommand({
        logGroupName: '/aws/lattice/network-company',
        filterPattern: '"public-proxy" "/orders/"',
        startTime: Date.now() - hour / 2,
      }),
    );
    const allowed = (events ?? [])
      .map(({ message = '' }) => JSON.parse(message))
      .find(line => line.responseCode === 200);
    const { requestId } = allowed;
    await eventually(async () => {
      const { calls } = await recordsFor('commerce-owner', requestId);
      expect(calls).toMatchObject([
        {
          outcome: 'allowed',
          serviceName: 'orders',
          logs: [
            { of: 'network', status: 'recorded' },
            { of: 'service', status: 'recorded' },
          ],
        },
      ]);
    });
    const callsFor = async (user: string) =>
      (await recordsFor(user, requestId)).calls.length;
    expect(await callsFor('edge-developer')).toBe(1);
    expect(await callsFor('platform-engineer')).toBe(1);
    expect(await callsFor('analytics-developer')).toBe(0);
  });

  it('says which hours nobody has read', async () => {
    const { status, body } = await portal
      .as('platform-engineer')
      .get('/records/none', {
        from: new Date(Date.now() - 6 * hour).toISOString(),
      });
    expect(status).toBe(200);
    expect(body.calls).toEqual([]);
    expect(body.gaps).toContainEqual(
      expect.objectContaining({ kind: 'not-read' }),
    );
    const reverse = {
      from: '2026-01-02T00:00:00Z',
      to: '2026-01-01T00:00:00Z',
    };
    const wrong = await portal.as('service').get('/records/none', reverse);
    expect(wrong.status).toBe(400);
  });
});

describe('without a store of all records', () => {
  it('says which setting is missing', async () => {
    const sandbox = await startTestSandbox({ traffic: false });
    const portal = await startPortal({ sandbox });
    const answer = await portal.as('platform-engineer').get('/records/x');
    expect(answer.status).toBe(501);
    expect(answer.body.error.message).toContain('lattice.accessLogs.store');
    await portal.stop();
    await sandbox.stop();
  });
});
