import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen, within } from '@testing-library/react';
import { createFixtureApi } from '../__testUtils__/createFixtureApi';
import { renderLattice } from '../__testUtils__/renderLattice';
import { EntityLatticeContent } from './EntityLatticeContent';
import { isLatticeEntity } from './isLatticeEntity';

// Rendering the whole tab takes its time on a busy machine.
jest.setTimeout(30_000);

const component = (annotations: Record<string, string>) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'stock', annotations },
});

describe('EntityLatticeContent', () => {
  it('tells of the service a component names', async () => {
    const entity = component({ 'lattice-portal.io/service-name': 'inventory' });
    expect(isLatticeEntity(entity)).toBe(true);
    renderLattice(
      <EntityProvider entity={entity}>
        <EntityLatticeContent />
      </EntityProvider>,
    );
    expect(
      await screen.findByRole('img', { name: /allowed, .* denied by service/ }),
    ).toBeInTheDocument();
    expect(
      await within(
        await screen.findByRole('region', { name: 'Callers' }),
      ).findByRole('row', { name: /batch-export/ }),
    ).toHaveTextContent('312');
    expect(
      await within(
        screen.getByRole('region', { name: 'Denied requests' }),
      ).findByRole('row', { name: /batch-export/ }),
    ).toHaveTextContent('GET /items/export');
    expect(
      await screen.findByRole('region', { name: 'Auth policy' }),
    ).toHaveTextContent('Statement 1 (Readers)');
    expect(
      screen.getByRole('link', { name: 'Show on the map' }),
    ).toHaveAttribute('href', '/lattice/map?service=svc-inventory');
  });

  it('tells of the calls over one network', async () => {
    const overNetwork = 'arn:aws:vpc-lattice:r:1:servicenetwork/sn-1';
    const entity = component({ 'lattice-portal.io/service-name': 'inventory' });
    const ofFixtures = createFixtureApi();
    const api = {
      getOutcomes: jest.fn(ofFixtures.getOutcomes!),
      getCallers: jest.fn(ofFixtures.getCallers!),
      listDenialCauses: jest.fn(ofFixtures.listDenialCauses!),
    };
    renderLattice(
      <EntityProvider entity={entity}>
        <EntityLatticeContent />
      </EntityProvider>,
      { at: `/lattice/map?overNetwork=${overNetwork}`, api },
    );
    expect(
      await screen.findByText(/^1 312 denied calls from .* to /),
    ).toBeVisible();
    for (const asked of Object.values(api)) {
      expect(asked).toHaveBeenCalledWith(
        expect.objectContaining({ serviceNetworkArn: overNetwork }),
      );
    }
  });

  it('says so when there is no such service', async () => {
    const entity = component({ 'lattice-portal.io/service-name': 'nowhere' });
    renderLattice(
      <EntityProvider entity={entity}>
        <EntityLatticeContent />
      </EntityProvider>,
    );
    expect(
      await screen.findByText('No VPC Lattice service is known as nowhere'),
    ).toBeInTheDocument();
    expect(isLatticeEntity(component({}))).toBe(false);
  });
});
