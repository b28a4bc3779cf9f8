import {
  type CallOnRecord,
  type CallRecords,
  exactLines,
} from '@lattice-portal/plugin-lattice-common';
import { screen, within } from '@testing-library/react';
import { renderLattice } from '../__testUtils__/renderLattice';
import { RequestRecords } from './RequestRecords';

const log =
  'arn:aws:logs:us-east-1:001122334455:log-group:/aws/lattice/network-company';
const none: CallRecords = {
  window: { from: '2026-11-22T09:00:00Z', to: '2026-11-22T10:00:00Z' },
  lines: exactLines(0),
  gaps: [],
  calls: [],
  hasMore: false,
  proxyLogs: [],
};
const denied: CallOnRecord = {
  key: 'a',
  startTime: '2026-11-22T09:30:00Z',
  outcome: 'denied-by-service',
  callerId: 'arn:aws:iam::223344556677:role/orders',
  callerKind: 'signed',
  serviceArn: 'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-1',
  serviceName: 'inventory',
  method: 'GET',
  path: '/items',
  records: [{ source: log, isCounted: true, fields: { requestId: 'r-1' } }],
  logs: [
    { of: 'network', status: 'recorded' },
    { of: 'service', status: 'not-subscribed' },
  ],
};

function renderRecords(options: {
  getRecords: () => Promise<CallRecords>;
  at?: string;
}) {
  const getRecords = jest.fn((_: { from?: string }) => options.getRecords());
  renderLattice(<RequestRecords requestId="r-1" hours={24} at={options.at} />, {
    page: 'logs',
    at: '/lattice/logs',
    api: { getRecords },
  });
  return getRecords;
}

describe('RequestRecords', () => {
  it('says of an empty answer what it may lack', async () => {
    renderRecords({
      getRecords: async () => ({
        ...none,
        gaps: [
          {
            kind: 'not-read',
            from: '2026-11-22T09:00:00Z',
            to: '2026-11-22T09:10:00Z',
          },
          {
            kind: 'thinned',
            from: '2026-11-22T09:10:00Z',
            to: '2026-11-22T09:20:00Z',
          },
          {
            kind: 'partly-read',
            from: '2026-11-22T09:20:00Z',
            to: '2026-11-22T09:30:00Z',
          },
          {
            kind: 'source',
            source: 'access-log-store',
            reason: '7 records that were read wait to be written to the store',
          },
        ],
      }),
    });
    expect(
      await screen.findByText('No record of r-1 that you may see'),
    ).toBeInTheDocument();
    const gaps = screen.getAllByRole('listitem').map(item => item.textContent);
    expect(gaps).toEqual([
      expect.stringMatching(/^from .*09:00.* to .*09:10.*: nothing is on rec/),
      expect.stringMatching(/^from .*09:10.* to .*09:20.*: past its retention/),
      expect.stringMatching(/^from .*09:20.* to .*09:30.*: not every log was/),
      'access-log-store: 7 records that were read wait to be written to the store',
    ]);
    expect(screen.getByText(/^0 lines from .*09:00/)).toBeInTheDocument();
  });

  it('does not speak of gaps where there are none', async () => {
    renderRecords({ getRecords: async () => none });
    expect(
      await screen.findByText('No record of r-1 that you may see'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/may be missing/)).not.toBeInTheDocument();
    expect(screen.queryByText(/not looked at/)).not.toBeInTheDocument();
  });

  it.each([
    [[], /older ones than the newest were not looked at/],
    [[denied], /older ones than these were not looked at/],
  ])('says that there are more calls than the %j', async (calls, told) => {
    renderRecords({
      getRecords: async () => ({
        ...none,
        calls,
        hasMore: true,
        lines: { count: calls.length, isAtLeast: true },
      }),
    });
    expect(await screen.findByText(told)).toBeInTheDocument();
    expect(screen.getByText(/^at least \d lines? from/)).toBeInTheDocument();
  });

  it.each([
    [
      501,
      'lattice.accessLogs.store is not set',
      'lattice.accessLogs.store is not set. The platform team can set it up.',
    ],
    [
      403,
      'Permission lattice.access-log-record.read is needed',
      'Permission lattice.access-log-record.read is needed. Its owner or the platform team can.',
    ],
    [503, 'The store is full', /^The store is full\. .*Try again/],
  ])(
    'takes an answer of %d for no empty one',
    async (statusCode, message, told) => {
      renderRecords({
        getRecords: async () => {
          throw Object.assign(new Error(`Request failed with ${statusCode}`), {
            statusCode,
            body: { error: { message } },
          });
        },
      });
      expect(
        await screen.findByText('The records could not be loaded'),
      ).toBeInTheDocument();
      expect(screen.getByText(told)).toBeInTheDocument();
      expect(screen.queryByText(/No record of/)).not.toBeInTheDocument();
      expect(screen.queryByText(/\d lines?\b/)).not.toBeInTheDocument();
    },
  );

  it('keeps two calls with the same id apart', async () => {
    const allowed: CallOnRecord = {
      ...denied,
      key: 'b',
      startTime: '2026-11-22T09:20:00Z',
      outcome: 'allowed',
      method: 'POST',
      serviceName: undefined,
    };
    renderRecords({
      getRecords: async () => ({
        ...none,
        lines: exactLines(2),
        calls: [denied, allowed],
      }),
    });
    const headings = await screen.findAllByRole('heading', { level: 3 });
    expect(headings.map(heading => heading.textContent)).toEqual([
      'orders → inventory',
      'orders → svc-1',
    ]);
    const [first, second] = headings.map(heading =>
      within(heading.parentElement!),
    );
    expect(
      screen.getAllByText(/The service has no access-log subscription/),
    ).toHaveLength(2);
    expect(first.getByText('GET /items')).toBeInTheDocument();
    expect(first.getByText(/denied/i, { selector: 'span' })).toBeVisible();
    expect(
      first.getByRole('link', { name: 'Why it was denied' }),
    ).toHaveAttribute('href', '/lattice/denied/a');
    expect(second.getByText('POST /items')).toBeInTheDocument();
    expect(
      second.getAllByRole('link').map(link => link.getAttribute('href')),
    ).toEqual(['/lattice/logs?request=r-1&at=2026-11-22T09%3A20%3A00Z']);
    expect(screen.getAllByRole('table')).toHaveLength(2);
    expect(screen.getByText(/^2 lines from/)).toBeInTheDocument();
  });

  it('asks for an hour before and after the time of a request', async () => {
    const getRecords = renderRecords({
      getRecords: async () => none,
      at: '2026-11-22T09:30:00Z',
    });
    await screen.findByText('No record of r-1 that you may see');
    expect(getRecords).toHaveBeenCalledWith({
      requestId: 'r-1',
      from: '2026-11-22T08:30:00.000Z',
      to: '2026-11-22T10:30:00.000Z',
    });
  });

  it('asks for the hours until now where the time is none', async () => {
    const before = Date.now();
    const getRecords = renderRecords({
      getRecords: async () => none,
      at: 'yesterday',
    });
    await screen.findByText('No record of r-1 that you may see');
    expect(getRecords).toHaveBeenCalledWith({
      requestId: 'r-1',
      from: expect.any(String),
    });
    const [[{ from = '' }]] = getRecords.mock.calls;
    const hours = (before - Date.parse(from)) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24);
  });
});
