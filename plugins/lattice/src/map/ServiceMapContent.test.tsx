import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fixtureMap } from '../__testUtils__/fixtureMap';
import { renderLattice } from '../__testUtils__/renderLattice';
import { ServiceMapContent } from './ServiceMapContent';

jest.mock('./graph/createElk', () => ({
  createElk: () => new (require('elkjs/lib/elk.bundled.js'))(),
}));

// Laying out and drawing the whole map takes its time on a busy machine.
jest.setTimeout(30_000);

describe('ServiceMapContent', () => {
  it('draws callers, services and how their calls end, and explains what is clicked', async () => {
    renderLattice(<ServiceMapContent />);
    const canvas = await screen.findByRole('region', { name: 'Service map' });
    const edge = await within(canvas).findByRole('button', {
      name: 'batch-export → inventory: 312 denied by service',
    });
    expect(
      within(canvas).getByRole('button', { name: /^service orders,/ }),
    ).toBeInTheDocument();

    await userEvent.click(edge);
    const panel = await screen.findByRole('complementary', {
      name: 'batch-export → inventory',
    });
    expect(
      await within(panel).findByText('No statement allows the caller.'),
    ).toBeInTheDocument();
    expect(
      within(panel).getByRole('link', { name: 'Explain' }),
    ).toHaveAttribute('href', '/lattice/denied/denied-batch-export');
    expect(
      within(panel).getByRole('link', { name: 'Request access' }),
    ).toHaveAttribute('href', '/lattice/requests/new?from=denied-batch-export');
  });

  it('opens with what the URL selects', async () => {
    renderLattice(<ServiceMapContent />, {
      at: '/lattice/map?service=svc-inventory',
    });
    const panel = await screen.findByRole('complementary', {
      name: 'inventory',
    });
    expect(
      within(panel).getByText('public-proxy → inventory'),
    ).toBeInTheDocument();
    expect(
      within(panel).getByRole('link', { name: 'commerce' }),
    ).toHaveAttribute('href', '/catalog/default/group/commerce');
  });

  it('shows the same as a table, filtered, and says how complete it is', async () => {
    renderLattice(<ServiceMapContent />, {
      at: '/lattice/map?view=table&outcome=denied-by-identity',
    });
    const table = await screen.findByRole('grid');
    expect(
      await within(table).findByRole('row', { name: /edge-canary/ }),
    ).toHaveTextContent('denied by identity');
    expect(within(table).queryByText('batch-export')).not.toBeInTheDocument();
    const line = screen.getByRole('contentinfo', { name: 'Completeness' });
    expect(line).toHaveTextContent(
      '40 000 calls from 48 201 log lines (8 197 seen in another log too, 1 delivered again)',
    );
    expect(line).toHaveTextContent('3 unparsed');
    expect(line).toHaveTextContent(
      'legacy (7788…): not readable (AccessDenied)',
    );
  });

  it('says what the map rests on', async () => {
    renderLattice(<ServiceMapContent />, {
      at: '/lattice/map?view=table',
      api: {
        getMap: async () => ({
          ...fixtureMap,
          gaps: [{ kind: 'source', source: 'log', reason: 'It is not read' }],
        }),
      },
    });
    expect(
      await screen.findByText(/^12 407 calls from .* to .*\d\d:\d\d$/),
    ).toBeVisible();
    await userEvent.click(screen.getByText('some may be missing'));
    expect(screen.getByText('log: It is not read')).toBeVisible();
  });

  it('shows the calls of one service network, as the URL asks', async () => {
    const [network] = fixtureMap.serviceNetworks;
    const getMap = jest.fn(
      async (filter: { serviceNetworkArn?: string } = {}) => ({
        ...fixtureMap,
        gaps: filter.serviceNetworkArn
          ? [
              {
                kind: 'network-unknown' as const,
                ...fixtureMap.window,
                calls: 7,
              },
            ]
          : [],
      }),
    );
    renderLattice(<ServiceMapContent />, {
      at: '/lattice/map?view=table',
      api: { getMap },
    });
    const select = await screen.findByRole('button', {
      name: /Service network/,
    });
    expect(select).toHaveTextContent('all networks');
    await userEvent.click(select);
    await userEvent.click(screen.getByRole('option', { name: 'company' }));
    expect(
      await screen.findByText(
        '7 calls left out: their service network is not on record',
      ),
    ).toBeVisible();
    expect(getMap).toHaveBeenLastCalledWith({
      from: expect.any(String),
      serviceNetworkArn: network.arn,
    });
    expect(
      screen.getByRole('button', { name: /Service network/ }),
    ).toHaveTextContent('company');
  });

  it('says what would fill an empty map, and what went wrong with a failed one', async () => {
    const { unmount } = renderLattice(<ServiceMapContent />, {
      api: {
        getMap: async () => ({
          ...fixtureMap,
          vpcs: [],
          services: [],
          callers: [],
          edges: [],
        }),
      },
    });
    expect(await screen.findByText('Nothing to draw yet')).toBeInTheDocument();
    unmount();
    renderLattice(<ServiceMapContent />, {
      api: {
        getMap: async () => {
          throw new Error('the back end is down');
        },
      },
    });
    expect(
      await screen.findByText('The service map could not be loaded'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/^the back end is down\. .*Try again/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Try again' }),
    ).toBeInTheDocument();
  });
});
