import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { IdentityApi } from '@backstage/core-plugin-api';
import type { JsonObject } from '@backstage/types';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PortalSignInPage } from './PortalSignInPage';

const personas = [
  { userEntityRef: 'user:default/ana', title: 'Analytics developer' },
  { userEntityRef: 'user:default/cory', title: 'Commerce owner' },
];

async function renderPage(auth: JsonObject) {
  const onSignInSuccess = jest.fn<void, [IdentityApi]>();
  await renderInTestApp(
    <PortalSignInPage onSignInSuccess={onSignInSuccess} />,
    {
      config: {
        app: { baseUrl: 'http://localhost' },
        backend: { baseUrl: 'http://localhost' },
        auth,
      },
    },
  );
  return onSignInSuccess;
}

function answerWith(status: number, body: unknown) {
  const fetchMock = jest.fn(
    async (_url: string, _init?: RequestInit) =>
      new Response(JSON.stringify(body), {
        status,
        headers: { 'content-type': 'application/json' },
      }),
  );
  global.fetch = fetchMock as unknown as typeof fetch;
  return fetchMock;
}

const claims = { exp: Math.floor(Date.now() / 1000) + 3600 };
const session = {
  profile: { displayName: 'Cory' },
  providerInfo: {},
  backstageIdentity: {
    token: `header.${window.btoa(JSON.stringify(claims))}.signature`,
    expiresInSeconds: 3600,
    identity: {
      type: 'user',
      userEntityRef: 'user:default/cory',
      ownershipEntityRefs: ['user:default/cory'],
    },
  },
};

describe('PortalSignInPage', () => {
  const realFetch = global.fetch;
  beforeEach(() => window.sessionStorage.clear());
  afterEach(() => {
    global.fetch = realFetch;
  });

  it('signs in the chosen persona, and forgets it on sign-out', async () => {
    const fetchMock = answerWith(200, session);
    const onSignInSuccess = await renderPage({
      providers: { persona: { personas } },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Enter as Commerce owner' }),
    );
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalled());
    const [url, init] = fetchMock.mock.calls[0];
    expect(url).toContain('/api/auth/persona/refresh');
    expect(new Headers(init?.headers).get('x-lattice-persona')).toBe(
      'user:default/cory',
    );
    expect(window.sessionStorage.length).toBe(1);

    const [identity] = onSignInSuccess.mock.calls[0];
    await expect(identity.getBackstageIdentity()).resolves.toMatchObject({
      userEntityRef: 'user:default/cory',
    });
    await identity.signOut().catch(() => {});
    expect(window.sessionStorage.length).toBe(0);
  });

  it('says why, and lets one choose again, when the back end refuses', async () => {
    answerWith(403, {
      error: { name: 'NotAllowedError', message: 'not among the personas' },
      response: { statusCode: 403 },
    });
    await renderPage({ providers: { persona: { personas } } });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Enter as Commerce owner' }),
    );
    expect(
      await screen.findByText('You could not be signed in'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Choose again' }));
    expect(
      await screen.findByRole('button', { name: 'Enter as Commerce owner' }),
    ).toBeInTheDocument();
  });

  it('says what to configure where there is no way to sign in', async () => {
    await renderPage({});
    expect(
      await screen.findByText(/lattice\.signIn\.proxiedProvider/),
    ).toBeInTheDocument();
  });
});
