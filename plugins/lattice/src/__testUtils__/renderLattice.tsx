import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import type { LatticeApi } from '@lattice-portal/plugin-lattice-common';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { latticeApiRef } from '../api';
import { rootRouteRef } from '../routes';
import { createFixtureApi } from './createFixtureApi';

/** Renders a part of the plugin at a URL below `/lattice/<page>`, over a back end of fixtures. */
export function renderLattice(
  element: ReactElement,
  options: {
    at?: string;
    page?: string;
    api?: Partial<LatticeApi>;
    /** Groups the user is of. */
    groups?: string[];
  } = {},
) {
  const { at = '/lattice/map', page = 'map', api } = options;
  const { groups = ['group:default/platform'] } = options;
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false } },
  });
  return renderInTestApp(
    <QueryClientProvider client={client}>{element}</QueryClientProvider>,
    {
      mountPath: `/lattice/${page}/*`,
      initialRouteEntries: [at],
      mountedRoutes: {
        '/lattice': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
      apis: [
        [latticeApiRef, createFixtureApi(api) as LatticeApi],
        mockApis.identity({
          userEntityRef: 'user:default/commerce-owner',
          ownershipEntityRefs: ['user:default/commerce-owner', ...groups],
        }),
      ],
    },
  );
}
