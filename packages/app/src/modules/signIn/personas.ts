import type { ConfigApi } from '@backstage/core-plugin-api';

/** Somebody to sign in as on one's own machine. */
export interface Persona {
  userEntityRef: string;
  title: string;
  description?: string;
}

/** The personas of the config; none where the portal isn't meant to be tried locally. */
export function readPersonas(config: ConfigApi): Persona[] {
  const personas =
    config.getOptionalConfigArray('auth.providers.persona.personas') ?? [];
  return personas.map(persona => ({
    userEntityRef: persona.getString('userEntityRef'),
    title: persona.getString('title'),
    description: persona.getOptionalString('description'),
  }));
}
