import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import module, { LatticePermissionPolicy } from '.';

describe('permissionModuleLattice', () => {
  it('sets the policy', async () => {
    const setPolicy = jest.fn();
    const backend = await startTestBackend({
      extensionPoints: [[policyExtensionPoint, { setPolicy }]],
      features: [module, mockServices.userInfo.factory()],
    });
    expect(setPolicy).toHaveBeenCalledWith(expect.any(LatticePermissionPolicy));
    await backend.stop();
  });
});
