import { AuthenticationError, NotAllowedError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';

/** Header in which the sign-in page says who the visitor chose to be. */
export const PERSONA_HEADER = 'x-lattice-persona';

/**
 * Signs a visitor in as the persona named in the request: no password, only for trying the portal
 * on one's own machine. Only personas listed in the config are accepted.
 */
export const personaAuthenticator = createProxyAuthenticator({
  defaultProfileTransform: async (result: { userEntityRef: string }) => ({
    profile: { displayName: result.userEntityRef },
  }),
  initialize({ config }) {
    return new Set(
      config
        .getConfigArray('personas')
        .map(persona => persona.getString('userEntityRef')),
    );
  },
  async authenticate({ req }, personas) {
    const userEntityRef = req.header(PERSONA_HEADER);
    if (!userEntityRef) {
      throw new AuthenticationError(
        `Choose a persona: the request has no ${PERSONA_HEADER} header`,
      );
    }
    if (!personas.has(userEntityRef)) {
      throw new NotAllowedError(
        `${userEntityRef} is not among auth.providers.persona.personas of the config`,
      );
    }
    return { result: { userEntityRef } };
  },
});
