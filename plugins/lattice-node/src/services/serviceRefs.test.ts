import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { CloudWatchLogsSource } from '../logs/CloudWatchLogsSource';
import * as refs from './serviceRefs';

describe('service references', () => {
  it('have defaults that work together', async () => {
    const init = jest.fn(async (_: any) => {});
    const backend = await startTestBackend({
      features: [
        mockServices.rootConfig.factory({
          data: {
            lattice: {
              accounts: [{ accountId: '001122334455', regions: ['us-east-1'] }],
            },
          },
        }),
        createBackendPlugin({
          pluginId: 'lattice',
          register: registration =>
            registration.registerInit({ deps: { ...refs }, init }),
        }),
      ],
    });
    const [[services]] = init.mock.calls;
    expect(services.latticeConfigServiceRef.accounts).toHaveLength(1);
    expect(services.awsAccessServiceRef.hasRole('writer')).toBe(false);
    expect(
      services.accessLogSourceFactoryServiceRef.create({
        destinationArn: 'arn:aws:logs:us-east-1:001122334455:log-group:x',
      }),
    ).toBeInstanceOf(CloudWatchLogsSource);
    await expect(
      services.authPolicyStoreServiceRef.put({
        resourceArn: 'arn:aws:vpc-lattice:us-east-1:001122334455:service/svc-1',
        document: '{"Statement":[{"Effect":"Deny"}]}',
      }),
    ).rejects.toThrow('The portal has no writer role');
    await backend.stop();
  });
});
