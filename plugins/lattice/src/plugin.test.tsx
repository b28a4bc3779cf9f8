import { renderTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import type { LatticeApi } from '@lattice-portal/plugin-lattice-common';
import { screen } from '@testing-library/react';
import latticePlugin, { latticeApiRef, rootRouteRef } from '.';
import { createFixtureApi } from './__testUtils__/createFixtureApi';
import * as legacy from './legacy';

describe('latticePlugin', () => {
  it('brings its pages, which share a query client, to an app of the new frontend system', async () => {
    renderTestApp({
      features: [latticePlugin],
      initialRouteEntries: ['/lattice/denied'],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      apis: [[latticeApiRef, createFixtureApi() as LatticeApi]],
    });
    const row = await screen.findByRole('row', { name: /batch-export/ });
    expect(row).toHaveAttribute(
      'data-href',
      '/lattice/denied/denied-batch-export',
    );
    for (const tab of ['Service map', 'Denied requests', 'Access requests']) {
      expect(screen.getAllByText(tab).length).toBeGreaterThan(0);
    }
  });

  it('shares route and API with the old frontend system', () => {
    expect(legacy.latticePlugin.routes.root).toBe(rootRouteRef);
    const [factory] = [...legacy.latticePlugin.getApis()];
    expect(factory.api).toBe(latticeApiRef);
    expect(legacy.LatticePage).toBeDefined();
  });
});
