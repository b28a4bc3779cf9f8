import type { IdentityApi } from '@backstage/core-plugin-api';
import { chosenPersona } from './chosenPersona';

/** The same identity, but signing out also forgets the persona, so that the chooser comes back. */
export function forgetPersonaOnSignOut(identity: IdentityApi): IdentityApi {
  return {
    getProfileInfo: () => identity.getProfileInfo(),
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    async signOut() {
      chosenPersona.clear();
      await identity.signOut();
    },
  };
}
