import type {
  LatticeApi,
  TrafficReplay,
} from '@lattice-portal/plugin-lattice-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fixtureAccessRequest } from '../../__testUtils__/fixtureDenial';
import { fixtureNow } from '../../__testUtils__/fixtureMap';
import { renderLattice } from '../../__testUtils__/renderLattice';
import { ReplaySection } from './ReplaySection';

const ago = (hours: number) =>
  new Date(fixtureNow - hours * 3_600_000).toISOString();
const { serviceArn, callerId } = fixtureAccessRequest;

const running: TrafficReplay = {
  id: 'p1',
  accessRequestId: 'request-1',
  status: 'running',
  window: { from: ago(168), to: ago(0) },
  askedBy: 'user:default/commerce-owner',
  createdAt: ago(1),
  startedAt: ago(1),
  progress: { hoursDone: 12, hours: 168, calls: 48_201 },
  attempts: 1,
  outdated: false,
  permitted: ['cancel'],
};
const done: TrafficReplay = {
  ...running,
  status: 'done',
  permitted: [],
  result: {
    calls: 100_000,
    counts: {
      newlyAllowed: 1_312,
      newlyDenied: 7,
      unchanged: 98_679,
      unknown: 2,
    },
    groups: [
      {
        change: 'newly-denied',
        callerId: 'arn:aws:iam::445566778899:role/reporting',
        serviceArn,
        serviceName: 'inventory',
        method: 'GET',
        pathShape: '/items/*',
        count: 7,
        firstSeen: ago(30),
        lastSeen: ago(2),
        layers: [
          { layer: 'network', before: 'not-enforced', after: 'not-enforced' },
          { layer: 'service', before: 'allowed', after: 'implicitly-denied' },
        ],
        reasons: [],
        examples: [
          {
            time: ago(2),
            path: '/items/1041',
            sourceVpcId: 'vpc-1',
            outcome: 'allowed',
          },
        ],
      },
      {
        change: 'unknown',
        callerId,
        serviceArn,
        serviceName: 'inventory',
        method: 'PUT',
        count: 2,
        firstSeen: ago(3),
        lastSeen: ago(3),
        layers: [],
        reasons: ['the call failed, no verdict is on record'],
        examples: [],
      },
      ...Array.from({ length: 12 }, (_, index) => ({
        change: 'unchanged' as const,
        callerId: 'arn:aws:iam::445566778899:role/batch',
        serviceArn,
        serviceName: 'inventory',
        method: 'GET',
        pathShape: `/kept/${'a'.repeat(index + 1)}`,
        count: 20 - index,
        firstSeen: ago(30),
        lastSeen: ago(2),
        layers: [],
        reasons: [],
        examples: [
          { time: ago(2), path: '/kept/as-it-is', outcome: 'allowed' as const },
        ],
      })),
    ],
    unlisted: { groups: 2_400, calls: 31_000 },
    gaps: [
      { kind: 'not-read', from: ago(168), to: ago(100) },
      { kind: 'source', source: 'arn:aws:logs:x', reason: 'AccessDenied' },
      { kind: 'network-unknown', from: ago(168), to: ago(0), calls: 31 },
    ],
    withheld: 'Calls of services that you may not see are left out.',
  },
};

const show = (api: Partial<LatticeApi>) =>
  renderLattice(<ReplaySection request={fixtureAccessRequest} />, {
    page: 'requests',
    at: '/lattice/requests',
    api,
  });

describe('ReplaySection', () => {
  it('starts a replay, shows how far it is, cancels it', async () => {
    let state: TrafficReplay | undefined;
    const startTrafficReplay = jest.fn(async () => {
      state = running;
      return running;
    });
    const cancelTrafficReplay = jest.fn(async () => {
      state = { ...running, status: 'cancelled', permitted: [] };
      return state;
    });
    show({
      listTrafficReplays: async () => ({ items: state ? [state] : [] }),
      getTrafficReplay: async () => state!,
      startTrafficReplay,
      cancelTrafficReplay,
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Replay' }),
    );
    expect(startTrafficReplay).toHaveBeenCalledWith({
      accessRequestId: 'request-1',
      hours: 168,
    });
    expect(
      await screen.findByText(/12 of 168 hours, 48 201 calls decided/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('progressbar', { name: 'Hours replayed' }),
    ).toHaveValue(12);
    expect(screen.getByRole('button', { name: 'Replay again' })).toBeDisabled();
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(cancelTrafficReplay).toHaveBeenCalledWith({ id: 'p1' });
    expect(
      await screen.findByText('The last replay was cancelled.'),
    ).toBeInTheDocument();
  });

  it('shows what it found, with examples, and what is missing', async () => {
    show({
      listTrafficReplays: async () => ({ items: [done] }),
      getTrafficReplay: async () => ({ ...done, outdated: true }),
    });
    const counts = await screen.findByRole('list', { name: 'Result' });
    expect(
      within(counts)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual([
      '✕7Newly denied',
      '?2Unknown',
      '✓1\u202f312Newly allowed',
      '98\u202f679Unchanged',
    ]);
    const section = screen.getByRole('region', { name: 'Replay' });
    expect(section).toHaveTextContent(
      'reporting → inventory GET /items/*, 7 calls',
    );
    expect(section).toHaveTextContent(
      'Service: allowed before, denied: no statement allows it after',
    );
    expect(section).toHaveTextContent('/items/1041 from vpc-1');
    expect(section).toHaveTextContent(
      'It hangs on: the call failed, no verdict is on record',
    );
    expect(section).toHaveTextContent('nothing is on record');
    expect(section).toHaveTextContent('AccessDenied');
    expect(section).toHaveTextContent(
      '31 calls left out: their service network is not on record, so what becomes of them is not known.',
    );
    expect(section).toHaveTextContent('Calls of services that you may not see');
    expect(section).toHaveTextContent('The request has changed since');
    expect(section).toHaveTextContent('100 000 recorded calls');
  });

  it('shows what stays as it is last, when it is opened', async () => {
    show({
      listTrafficReplays: async () => ({ items: [done] }),
      getTrafficReplay: async () => done,
    });
    const opener = await screen.findByText('Unchanged, 2 412 groups');
    const first = screen.getByText(/\/kept\/a, 20 calls/);
    expect(first).not.toBeVisible();
    await userEvent.click(opener);
    expect(first).toBeVisible();
    expect(
      screen.getByText(/2 400 smaller groups with 31 000 calls not listed/),
    ).toBeVisible();
    expect(screen.queryByText(/\/kept\/aaaaaaaaaaaa,/)).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Show all 12' }));
    expect(screen.getByText(/\/kept\/aaaaaaaaaaaa,/)).toBeVisible();
    await userEvent.click(first);
    expect(screen.getAllByText(/\/kept\/as-it-is,/)[0]).toBeVisible();
  });

  it.each([
    [
      { ...running, status: 'queued' as const, progress: undefined },
      'Waits for its turn',
    ],
    [{ ...running, attempts: 2 }, 'begun again'],
    [
      { ...done, status: 'failed' as const, result: undefined, error: 'disk' },
      'disk',
    ],
  ])('says how it stands (%#)', async (replay, text) => {
    show({
      listTrafficReplays: async () => ({ items: [replay] }),
      getTrafficReplay: async () => replay,
    });
    expect(await screen.findByText(new RegExp(text))).toBeInTheDocument();
  });

  it('says why there is nothing to replay', async () => {
    show({
      listTrafficReplays: async () => ({
        items: [],
        unavailable: 'No store is configured',
      }),
    });
    expect(
      await screen.findByText('No store is configured'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});
