import {
  callerName,
  type LatticeApi,
  type StatementUse,
  type StatementUses,
} from '@lattice-portal/plugin-lattice-common';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fixturePolicy } from '../__testUtils__/fixtureDenial';
import { fixtureMap, fixtureNow } from '../__testUtils__/fixtureMap';
import { renderLattice } from '../__testUtils__/renderLattice';
import { PolicyWithUse } from './PolicyWithUse';

const ago = (hours: number) =>
  new Date(fixtureNow - hours * 3_600_000).toISOString();

const used: StatementUse = {
  index: 0,
  sid: 'Readers',
  status: 'used',
  calls: 1_204,
  possibleCalls: 0,
  lastUsed: ago(3),
  reasons: [],
  example: {
    time: ago(3),
    callerId: 'arn:aws:iam::445566778899:role/reporting',
    serviceArn: 'arn',
    method: 'GET',
    path: '/items/1',
  },
};
const computed = (
  statements: StatementUse[],
  changes: object = {},
): StatementUses => ({
  status: 'computed',
  window: { from: ago(727), to: ago(0) },
  computedAt: ago(0.1),
  pendingDays: 0,
  lines: { count: 5_000, isAtLeast: false },
  gaps: [],
  statements,
  ...changes,
});

const show = (uses: LatticeApi['getStatementUse']) =>
  renderLattice(
    <PolicyWithUse
      serviceId="svc-1"
      document={JSON.stringify(fixturePolicy)}
    />,
    { api: { getStatementUse: uses } },
  );

describe('PolicyWithUse', () => {
  it.each<[string, StatementUses, RegExp]>([
    ['used', computed([used]), /Last used .* · 1 204 calls in 30 days/],
    [
      'perhaps more',
      computed([{ ...used, possibleCalls: 2 }]),
      /in 30 days, and perhaps 2 more/,
    ],
    [
      'not used',
      computed([{ ...used, status: 'not-used', calls: 0 }]),
      /Not used in the last 30 days/,
    ],
    [
      'not used, as far as is known',
      computed([{ ...used, status: 'not-used', calls: 0 }], {
        gaps: [{ kind: 'not-read', from: ago(700), to: ago(600) }],
      }),
      /Not used by the calls on record of the last 30 days/,
    ],
    [
      'unknown',
      computed([
        {
          ...used,
          status: 'unknown',
          calls: 0,
          possibleCalls: 7,
          reasons: ['the header x'],
        },
      ]),
      /it may have decided 7 calls in 30 days, which hangs on the header x/,
    ],
  ])('says of a statement that it is %s', async (_, uses, text) => {
    show(async () => uses);
    const [first] = await screen.findAllByRole('figure');
    expect(
      await screen.findByText(/5 000 recorded calls from .* to /),
    ).toBeVisible();
    expect(first).toHaveTextContent(text);
  });

  it('shows what is missing', async () => {
    show(async () =>
      computed([used], {
        pendingDays: 4,
        gaps: [
          { kind: 'not-read', from: ago(700), to: ago(600) },
          { kind: 'network-unknown', from: ago(727), to: ago(0), calls: 3 },
        ],
      }),
    );
    expect(await screen.findByText(/4 days of it are/)).toBeVisible();
    expect(screen.getByText(/missing, or not all there, of 1/)).toBeVisible();
    expect(
      screen.getByText(/3 calls left out: their service network is not/),
    ).toBeVisible();
  });

  it('shows what one caller used', async () => {
    const { id } = fixtureMap.callers[0];
    show(async ({ callerId }) =>
      computed([{ ...used, calls: callerId === id ? 7 : 1_204 }]),
    );
    expect(await screen.findByText(/1 204 calls/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: /Used by/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: callerName(id) }),
    );
    expect(await screen.findByText(/7 calls/)).toBeVisible();
  });

  it('says why nothing is known', async () => {
    show(async () => ({ status: 'not-computed', reason: 'It is too soon.' }));
    expect(await screen.findByText(/It is too soon\./)).toBeVisible();
  });

  it('shows the policy also where its use could not be loaded', async () => {
    show(() => Promise.reject(new Error('gone')));
    expect(await screen.findByText(/could not be loaded: gone/)).toBeVisible();
    expect(screen.getAllByRole('figure').length).toBeGreaterThan(0);
  });
});
