import { ProxiedSignInPage } from '@backstage/core-components';
import {
  configApiRef,
  useApi,
  type SignInPageProps,
} from '@backstage/core-plugin-api';
import { useState } from 'react';
import { chosenPersona } from './chosenPersona';
import { PersonaChooser } from './PersonaChooser';
import { forgetPersonaOnSignOut } from './forgetPersonaOnSignOut';
import { readPersonas } from './personas';
import { SignInProblem } from './SignInProblem';

/** Asks who is there, in the way the config says. */
export function PortalSignInPage(props: SignInPageProps) {
  const config = useApi(configApiRef);
  const personas = readPersonas(config);
  const [persona, setPersona] = useState(() => {
    const stored = chosenPersona.get();
    return personas.find(known => known.userEntityRef === stored)
      ?.userEntityRef;
  });

  if (personas.length > 0 && !persona) {
    return (
      <PersonaChooser
        personas={personas}
        onChoose={chosen => {
          chosenPersona.set(chosen.userEntityRef);
          setPersona(chosen.userEntityRef);
        }}
      />
    );
  }

  if (persona) {
    return (
      <ProxiedSignInPage
        provider="persona"
        headers={{ 'x-lattice-persona': persona }}
        onSignInSuccess={identity =>
          props.onSignInSuccess(forgetPersonaOnSignOut(identity))
        }
        ErrorComponent={({ error }) => (
          <SignInProblem
            error={error}
            onBack={() => {
              chosenPersona.clear();
              setPersona(undefined);
            }}
          />
        )}
      />
    );
  }

  const provider = config.getOptionalString('lattice.signIn.proxiedProvider');
  if (provider) {
    return <ProxiedSignInPage {...props} provider={provider} />;
  }
  return (
    <SignInProblem
      error={
        new Error(
          'No way to sign in is configured. Set lattice.signIn.proxiedProvider, or auth.providers.persona on your own machine.',
        )
      }
    />
  );
}
