import {
  type CallRecords,
  exactLines,
  type LogSource,
} from '@lattice-portal/plugin-lattice-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fixtureCompleteness } from '../__testUtils__/fixtureMap';
import { renderLattice } from '../__testUtils__/renderLattice';
import { LogSourcesContent } from './LogSourcesContent';

const bucket: LogSource = {
  number: 7,
  id: 'arn:aws:s3:::company-logs AccessLogs of sn-1',
  accountId: '001122334455',
  region: 'us-east-1',
  subscriptions: 1,
  status: 'reading',
  readUntil: new Date().toISOString(),
  progress: {
    at: new Date().toISOString(),
    linesPerSecond: 20_000,
    secondsLeft: 720,
    files: { read: 4_000, total: 12_000 },
    bytes: { read: 1, total: 3 },
  },
  linesRead: 1_003,
  stored: 900,
  connections: 60,
  twins: 30,
  duplicates: 10,
  unparsed: 3,
  permitted: ['pause'],
};

const stream: LogSource = {
  ...bucket,
  number: 8,
  id: 'arn:aws:firehose:us-east-1:001122334455:deliverystream/logs',
  status: 'failing',
  subscriptions: 2,
  progress: undefined,
  error: { message: 'AccessDenied: no', at: new Date().toISOString() },
  unparsed: 0,
  permitted: [],
};

describe('LogSourcesContent', () => {
  it('shows how far logs are read, pauses one, and shows what was kept aside', async () => {
    let paused = false;
    const actOnLogSource = jest.fn(async () => {
      paused = true;
      return bucket;
    });
    const ended: LogSource = {
      ...bucket,
      status: 'paused',
      paused: { by: 'user:default/engineer', at: new Date().toISOString() },
      permitted: ['resume'],
    };
    renderLattice(<LogSourcesContent />, {
      page: 'logs',
      at: '/lattice/logs',
      api: {
        listLogSources: async () => ({
          items: [paused ? ended : bucket, stream],
          recordSinks: [
            { id: 'well', waiting: 0 },
            {
              id: 'access-log-store',
              waiting: 1_200,
              waitingSince: new Date().toISOString(),
              error: {
                message: 'ENOSPC: no space left on device',
                at: new Date().toISOString(),
              },
            },
          ],
          completeness: fixtureCompleteness,
        }),
        actOnLogSource,
        listUnparsedLines: async options => ({
          items: [
            {
              id: 'a',
              sourceId: bucket.id,
              time: new Date().toISOString(),
              place: 's3://company-logs/x.json.gz',
              reason: 'not JSON',
              text: `half ${options?.source}`,
            },
          ],
        }),
      },
    });
    const row = await screen.findByRole('row', {
      name: /S3 bucket company-logs, sn-1/,
    });
    expect(row).toHaveTextContent(
      '4 000 of 12 000 files, 20 000 lines/s, 12 min left',
    );
    const alert = screen.getByText(
      "Records can't be handed to access-log-store",
    );
    expect(alert.parentElement).toHaveTextContent(
      /ENOSPC: no space left on device. 1 200 records waiting, the oldest/,
    );
    expect(screen.queryByText(/handed to well/)).toBeNull();
    const other = screen.getByRole('row', { name: /Firehose stream logs/ });
    expect(other).toHaveTextContent('not readable');
    expect(other).toHaveTextContent(/2 subscriptions write here/);
    expect(row).not.toHaveTextContent(/write here/);
    expect(within(other).queryByRole('button')).toBeNull();

    await userEvent.click(
      within(row).getByRole('button', { name: 'Show 3 unparsed lines' }),
    );
    expect(await screen.findByText('half 7')).toBeInTheDocument();
    expect(screen.getByText('s3://company-logs/x.json.gz')).toBeInTheDocument();

    await userEvent.click(within(row).getByRole('button', { name: 'Pause' }));
    expect(actOnLogSource).toHaveBeenCalledWith({ number: 7, action: 'pause' });
    expect(
      await screen.findByRole('button', { name: 'Resume' }),
    ).toBeInTheDocument();
    expect(screen.getByText(/paused now by engineer/)).toBeInTheDocument();
  });

  it('finds all that is on record of a request', async () => {
    const getRecords = jest.fn(
      async (): Promise<CallRecords> => ({
        window: { from: '2026-11-22T09:00:00Z', to: '2026-11-22T10:00:00Z' },
        lines: exactLines(2),
        gaps: [
          {
            kind: 'source',
            source: bucket.id,
            reason: 'The log has not been read further yet',
          },
        ],
        calls: [
          {
            key: 'a',
            startTime: '2026-11-22T09:30:00Z',
            outcome: 'denied-by-service',
            callerId: 'arn:aws:iam::223344556677:role/orders',
            callerKind: 'signed',
            serviceArn: 'arn:aws:vpc-lattice:us-east-1:1:service/svc-1',
            serviceName: 'inventory',
            method: 'GET',
            path: '/items',
            logs: [],
            records: [
              {
                source: bucket.id,
                isCounted: true,
                fields: { requestId: 'r-1', userAgent: '<b>curl</b>' },
              },
              {
                source: stream.id,
                isCounted: false,
                fields: { requestId: 'r-1', newField: { deep: 1 } },
              },
            ],
          },
        ],
        hasMore: false,
        proxyLogs: [
          {
            accountId: '445566778899',
            region: 'us-east-1',
            name: '/proxy',
            status: 'read',
            lines: [{ time: '2026-11-22T09:30:01Z', text: 'signed r-1' }],
            isComplete: true,
          },
          {
            accountId: '445566778899',
            region: 'us-east-1',
            name: '/other',
            status: 'unknown',
            reason: 'AccessDenied',
          },
        ],
      }),
    );
    renderLattice(<LogSourcesContent />, {
      page: 'logs',
      at: '/lattice/logs',
      api: {
        listLogSources: async () => ({
          items: [bucket],
          recordSinks: [],
          completeness: fixtureCompleteness,
        }),
        getRecords,
      },
    });
    await userEvent.type(
      await screen.findByRole('searchbox', { name: 'Request id' }),
      ' r-1 {Enter}',
    );
    const found = await screen.findByRole('region', {
      name: 'Records of a request',
    });
    const agent = await within(found).findByRole('row', { name: /userAgent/ });
    expect(agent).toHaveTextContent('userAgentdiffers<b>curl</b>–');
    const same = within(found).getByRole('row', { name: /requestId/ });
    expect(same).toHaveTextContent('requestIdr-1r-1');
    expect(
      within(found).getByRole('row', { name: /newField/ }),
    ).toHaveTextContent('{"deep":1}');
    expect(within(found).getByText('counted')).toBeInTheDocument();
    expect(
      within(found).getByRole('link', { name: 'Why it was denied' }),
    ).toHaveAttribute('href', '/lattice/denied/a');
    expect(
      within(found).getByRole('link', { name: /22 Nov 2026/ }),
    ).toHaveAttribute(
      'href',
      '/lattice/logs?request=r-1&at=2026-11-22T09%3A30%3A00Z',
    );
    expect(within(found).getByText('signed r-1')).toBeInTheDocument();
    expect(
      within(found).getByText('Unknown: AccessDenied'),
    ).toBeInTheDocument();
    expect(
      within(found).getByText(/has not been read further/),
    ).toBeInTheDocument();
    expect(getRecords).toHaveBeenCalledWith(
      expect.objectContaining({ requestId: 'r-1' }),
    );
  });

  it('keeps to the time of a request until another is chosen', async () => {
    const getRecords = jest.fn(
      async (): Promise<CallRecords> => ({
        window: { from: '2026-11-22T08:30:00Z', to: '2026-11-22T10:30:00Z' },
        lines: exactLines(0),
        gaps: [],
        calls: [],
        hasMore: false,
        proxyLogs: [],
      }),
    );
    renderLattice(<LogSourcesContent />, {
      page: 'logs',
      at: '/lattice/logs?request=r-1&at=2026-11-22T09%3A30%3A00Z',
      api: {
        listLogSources: async () => ({
          items: [bucket],
          recordSinks: [],
          completeness: fixtureCompleteness,
        }),
        getRecords,
      },
    });
    const select = await screen.findByRole('button', {
      name: /around the request/,
    });
    await screen.findByText('No record of r-1 that you may see');
    expect(getRecords).toHaveBeenLastCalledWith({
      requestId: 'r-1',
      from: '2026-11-22T08:30:00.000Z',
      to: '2026-11-22T10:30:00.000Z',
    });
    await userEvent.click(select);
    await userEvent.click(
      await screen.findByRole('option', { name: 'last 7 days' }),
    );
    expect(
      await screen.findByRole('button', { name: /last 7 days/ }),
    ).toBeInTheDocument();
    expect(getRecords).toHaveBeenLastCalledWith({
      requestId: 'r-1',
      from: expect.any(String),
    });
  });
});
