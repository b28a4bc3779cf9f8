import type { AccessRequest } from '@lattice-portal/plugin-lattice-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fixtureAccessRequest } from '../__testUtils__/fixtureDenial';
import { renderLattice } from '../__testUtils__/renderLattice';
import { AccessRequestsContent } from './AccessRequestsContent';

const request = (changes: Partial<AccessRequest>): AccessRequest => ({
  ...fixtureAccessRequest,
  ...changes,
});

describe('AccessRequestsContent', () => {
  it('lists what waits for the reader first, then the own, then the others', async () => {
    renderLattice(<AccessRequestsContent />, {
      page: 'requests',
      at: '/lattice/requests',
      api: {
        listAccessRequests: async () => ({
          items: [
            request({ id: 'c', permitted: [], serviceName: 'theirs' }),
            request({
              id: 'b',
              permitted: ['withdraw'],
              requestedBy: 'user:default/commerce-owner',
              serviceName: 'mine',
            }),
            request({ id: 'a', serviceName: 'to-decide' }),
          ],
        }),
      },
    });
    await screen.findByRole('region', { name: 'Yours' });
    const regions = screen.getAllByRole('region');
    const rows = regions
      .filter(region => region.getAttribute('aria-label') !== null)
      .map(region => region.textContent ?? '');
    const texts = rows.filter(text => /^(For you|Yours|Others)/.test(text));
    expect(texts).toEqual([
      expect.stringContaining('batch-export → to-decide'),
      expect.stringContaining('batch-export → mine'),
      expect.stringContaining('batch-export → theirs'),
    ]);
  });

  it('shows meaning, effect and text of a request, and approves with a comment', async () => {
    const approved = request({
      status: 'verified',
      permitted: ['revoke'],
      events: [
        ...fixtureAccessRequest.events,
        {
          at: fixtureAccessRequest.createdAt,
          type: 'works',
          message: 'A call got through.',
        },
      ],
    });
    const actOnAccessRequest = jest.fn(async () => approved);
    let answer = fixtureAccessRequest;
    renderLattice(<AccessRequestsContent />, {
      page: 'requests',
      at: '/lattice/requests/request-1',
      api: { getAccessRequest: async () => answer, actOnAccessRequest },
    });
    expect(
      await screen.findByRole('heading', { name: /asks that batch-export/ }),
    ).toHaveTextContent(
      'analytics-developer of analytics asks that batch-export may call inventory, GET /items/export, until',
    );
    const change = screen.getByRole('region', { name: 'Change of inventory' });
    expect(change).toHaveTextContent('Call/items/export');
    expect(change).toHaveTextContent('+ "Sid": "LatticePortal1"');
    expect(change).toHaveTextContent('8 912 of 10 000 characters');
    expect(screen.getByRole('region', { name: 'Effect' })).toHaveTextContent(
      '1 312 refused calls would have been allowed',
    );

    await userEvent.type(screen.getByLabelText(/Comment/), 'fine with us');
    answer = approved;
    await userEvent.click(screen.getByRole('button', { name: 'Approve' }));
    expect(actOnAccessRequest).toHaveBeenCalledWith({
      id: 'request-1',
      action: 'approve',
      comment: 'fine with us',
    });
    expect(
      await screen.findByRole('button', { name: 'Revoke' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('list', { name: 'Time line' })).toHaveTextContent(
      'A call got through.',
    );
    expect(
      screen.queryByRole('button', { name: 'Approve' }),
    ).not.toBeInTheDocument();
  });

  it('fills the form from a denied request, previews it, and asks', async () => {
    const createAccessRequest = jest.fn(async () => fixtureAccessRequest);
    renderLattice(<AccessRequestsContent />, {
      page: 'requests',
      at: '/lattice/requests/new?from=denied-batch-export',
      api: {
        createAccessRequest,
        previewAccessRequest: async () => ({
          changes: [],
          effect: fixtureAccessRequest.effect,
          warnings: ['The identity policy would still refuse it.'],
        }),
      },
    });
    expect(await screen.findByLabelText('Paths')).toHaveValue('/items/export');
    const preview = screen.getByRole('region', { name: 'Preview' });
    expect(
      await within(preview).findByText(
        'The identity policy would still refuse it.',
        {},
        { timeout: 3000 },
      ),
    ).toBeInTheDocument();
    const ask = screen.getByRole('button', { name: 'Ask for access' });
    expect(ask).toBeDisabled();
    await userEvent.type(screen.getByLabelText(/Reason/), 'nightly export');
    await userEvent.click(ask);
    expect(createAccessRequest).toHaveBeenCalledWith(
      expect.objectContaining({
        callerId: fixtureAccessRequest.callerId,
        methods: ['GET'],
        paths: ['/items/export'],
        reason: 'nightly export',
        deniedRequestId: 'denied-batch-export',
        expiresAt: expect.any(String),
      }),
    );
    expect(
      await screen.findByRole('heading', { name: /asks that batch-export/ }),
    ).toBeInTheDocument();
  });
});
