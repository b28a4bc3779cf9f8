import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  type FieldExtensionComponentProps,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import { useEffect } from 'react';
import { askForAccounts, ownAccount } from './accountChoices';
import { ChoiceField } from './ChoiceField';
import { useChoices } from './useChoices';

export const latticeAccountPickerSchema = makeFieldSchema({
  output: z => z.string().describe('Number of the AWS account'),
});

/** Chooses one of the portal's accounts; an account of the user's own group is chosen already. */
export function LatticeAccountPicker(
  props: FieldExtensionComponentProps<string>,
) {
  const { formData, onChange } = props;
  const identityApi = useApi(identityApiRef);
  const state = useChoices(askForAccounts);

  useEffect(() => {
    if (state.status !== 'ready' || formData) {
      return undefined;
    }
    let current = true;
    identityApi.getBackstageIdentity().then(({ ownershipEntityRefs }) => {
      const own = ownAccount({ choices: state.choices, ownershipEntityRefs });
      if (current && own) {
        onChange(own.id);
      }
    });
    return () => {
      current = false;
    };
  }, [state, formData, onChange, identityApi]);

  return (
    <ChoiceField
      field={props}
      state={state}
      label="Account"
      empty="The portal has no account to build in yet. Accounts are named in its configuration under lattice.accounts."
      value={formData}
      onChange={onChange}
    />
  );
}
