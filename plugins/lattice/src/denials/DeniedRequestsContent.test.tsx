import {
  type DeniedRequestFilter,
  exactLines,
} from '@lattice-portal/plugin-lattice-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  fixtureAccessRequest,
  fixtureCause,
  fixtureExplanation,
} from '../__testUtils__/fixtureDenial';
import { fixtureCompleteness } from '../__testUtils__/fixtureMap';
import { renderLattice } from '../__testUtils__/renderLattice';
import { DeniedRequestsContent } from './DeniedRequestsContent';

jest.setTimeout(30_000);

describe('DeniedRequestsContent', () => {
  it('lists causes that link to their explanation, as the URL asks for them, page by page', async () => {
    const listDenialCauses = jest.fn(
      async ({ cursor }: DeniedRequestFilter & { cursor?: string } = {}) => ({
        window: { from: 'a', to: 'b' },
        lines: { count: 10_000, isAtLeast: true },
        causes: cursor
          ? [{ ...fixtureCause, id: 'other', pathShape: '/other', count: 9999 }]
          : [fixtureCause],
        nextCursor: cursor ? undefined : 'next',
        gaps: [],
        completeness: { ...fixtureCompleteness, sources: [] },
      }),
    );
    renderLattice(<DeniedRequestsContent />, {
      page: 'denied',
      at: '/lattice/denied?find=export&service=s&caller=c&outcome=failed',
      api: { listDenialCauses },
    });
    const row = await screen.findByRole('row', { name: /batch-export/ });
    expect(row).toHaveTextContent('denied by service');
    expect(row).toHaveTextContent('GET /items/export');
    expect(row).toHaveTextContent('1 312');
    expect(row).toHaveAttribute(
      'data-href',
      '/lattice/denied/denied-batch-export',
    );
    expect(screen.getByText('no access log is being read')).toBeInTheDocument();
    expect(
      screen.getByText('at least 10 000 denied calls from a to b'),
    ).toBeInTheDocument();
    const filter = {
      text: 'export',
      serviceArn: 's',
      callerId: 'c',
      outcome: 'failed',
      where: [],
    };
    expect(listDenialCauses.mock.lastCall?.[0]).toMatchObject(filter);
    expect(screen.getByText(/^The 1 cause seen last/)).toHaveTextContent(
      'there are more',
    );

    await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
    expect(await screen.findByText('GET /other')).toBeInTheDocument();
    expect(listDenialCauses.mock.lastCall?.[0]).toEqual({
      ...filter,
      from: 'a',
      to: 'b',
      cursor: 'next',
    });
    expect(
      screen.queryByRole('button', { name: 'Show more' }),
    ).not.toBeInTheDocument();
  });

  it('asks for fields of the record, and keeps them in the address', async () => {
    const listDenialCauses = jest.fn(async (_: DeniedRequestFilter = {}) => ({
      window: { from: '', to: '' },
      lines: exactLines(0),
      causes: [],
      gaps: [],
      completeness: fixtureCompleteness,
    }));
    const asked = () => listDenialCauses.mock.lastCall?.[0]?.where;
    renderLattice(<DeniedRequestsContent />, {
      page: 'denied',
      at: '/lattice/denied?where=duration:atLeast:20&where=nonsense',
      api: { listDenialCauses },
    });
    const duration = { field: 'duration', operator: 'atLeast', value: 20 };
    expect(
      await screen.findByText('No denied request matches the filters'),
    ).toBeInTheDocument();
    expect(asked()).toEqual([duration]);
    expect(
      screen.getByRole('row', { name: 'nonsense is not understood' }),
    ).toBeInTheDocument();

    await userEvent.click(screen.getByRole('button', { name: 'More filters' }));
    expect(screen.getByRole('button', { name: 'Add' })).toBeDisabled();
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Value' }),
      'curl/8: x{Enter}',
    );
    const curl = {
      field: 'userAgent',
      operator: 'contains',
      value: 'curl/8: x',
    };
    await waitFor(() => expect(asked()).toEqual([duration, curl]));

    const row = screen.getByRole('row', { name: 'duration is at least 20' });
    await userEvent.click(within(row).getByRole('button'));
    await waitFor(() => expect(asked()).toEqual([curl]));
    expect(
      screen.getByRole('row', { name: 'userAgent contains curl/8: x' }),
    ).toBeInTheDocument();
  });

  it('keeps record, policies and gaps apart, marks the failing key, and offers the fix', async () => {
    renderLattice(<DeniedRequestsContent />, {
      page: 'denied',
      at: '/lattice/denied/denied-batch-export',
    });
    const recorded = await screen.findByRole('region', {
      name: 'Recorded by AWS',
    });
    expect(recorded).toHaveTextContent("the service's auth policy");
    expect(recorded).toHaveTextContent('authDeniedReason');

    const policies = screen.getByRole('region', {
      name: 'What the policies say',
    });
    expect(policies).toHaveTextContent('Statement 1 (Readers) comes nearest');
    const marked = within(policies)
      .getAllByText(/Principal|AWS/, { selector: 'mark' })
      .map(({ textContent }) => textContent?.trim());
    expect(marked).toEqual([
      '"Principal": {',
      '"AWS": ["arn:aws:iam::223344556677:root"]',
    ]);
    expect(policies).toHaveTextContent(
      'gotarn:aws:iam::667788990011:role/batch-export',
    );

    expect(
      screen.getByRole('region', { name: 'Could not be checked' }),
    ).toHaveTextContent('Service control policies');
    const fix = screen.getByRole('region', { name: 'What would fix it' });
    expect(fix).toHaveTextContent('with it the call is allowed');
    expect(
      within(fix).getByRole('link', { name: 'commerce' }),
    ).toBeInTheDocument();
    expect(
      await within(fix).findByRole('link', { name: 'Request access' }),
    ).toHaveAttribute('href', '/lattice/requests/new?from=denied-batch-export');
  });

  it('offers no request that would be turned down, and says what became of earlier ones', async () => {
    renderLattice(<DeniedRequestsContent />, {
      page: 'denied',
      at: '/lattice/denied/denied-batch-export',
      groups: ['group:default/commerce'],
      api: {
        explainDeniedRequest: async () => ({
          ...fixtureExplanation,
          accessRequestIds: ['request-1'],
        }),
        listAccessRequests: async () => ({
          items: [
            { ...fixtureAccessRequest, status: 'revoked' },
            { ...fixtureAccessRequest, id: 'request-2', status: 'pending' },
          ],
        }),
      },
    });
    expect(
      await screen.findByText(/Only the caller’s own team/),
    ).toHaveTextContent('analytics, platform.');
    expect(
      screen.queryByRole('link', { name: 'Request access' }),
    ).not.toBeInTheDocument();
    expect(await screen.findByText('revoked')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: /^asked/ })).toHaveAttribute(
      'href',
      '/lattice/requests/request-1',
    );
  });

  it('says when policies of then are unknown, disagree, or nothing would help', async () => {
    renderLattice(<DeniedRequestsContent />, {
      page: 'denied',
      at: '/lattice/denied/denied-batch-export',
      api: {
        explainDeniedRequest: async () => ({
          ...fixtureExplanation,
          then: undefined,
          agreement: {
            agrees: false,
            explanation: 'AWS refused what these policies allow.',
            mayBe: ['a permissions boundary'],
          },
          fix: undefined,
          noFix: 'The identity policy belongs to the caller.',
        }),
      },
    });
    expect(await screen.findByText(/are not known/)).toBeInTheDocument();
    expect(
      screen.getByText('It may be: a permissions boundary'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('The identity policy belongs to the caller.'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('link', { name: 'Request access' }),
    ).not.toBeInTheDocument();
  });
});
