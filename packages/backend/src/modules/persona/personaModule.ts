import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { personaAuthenticator } from './personaAuthenticator';

/**
 * Sign-in by persona for the local portal. Does nothing unless `NODE_ENV` is `development`, so that
 * a config copied to a server opens no door: the provider is simply unknown there.
 */
export const personaModule = createBackendModule({
  pluginId: 'auth',
  moduleId: 'persona-provider',
  register(registry) {
    registry.registerInit({
      deps: {
        providers: authProvidersExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
      },
      async init({ providers, config, logger }) {
        if (!config.has('auth.providers.persona')) {
          return;
        }
        if (process.env.NODE_ENV !== 'development') {
          logger.warn(
            'auth.providers.persona is configured but refused: NODE_ENV is not development',
          );
          return;
        }
        providers.registerProvider({
          providerId: 'persona',
          factory: createProxyAuthProviderFactory({
            authenticator: personaAuthenticator,
            signInResolver: async ({ result }, context) =>
              context.signInWithCatalogUser({
                entityRef: result.userEntityRef,
              }),
          }),
        });
      },
    });
  },
});
