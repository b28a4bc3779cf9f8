import {
  type FieldExtensionComponentProps,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import {
  type LatticeApi,
  parseArn,
} from '@lattice-portal/plugin-lattice-common';
import { useEffect } from 'react';
import type { Choice } from './Choice';
import { ChoiceField } from './ChoiceField';
import { useChoices } from './useChoices';

export const latticeNetworkPickerSchema = makeFieldSchema({
  output: z => z.string().describe('ARN of the service network'),
});

/** The service networks of the estate. */
export async function askForNetworks(api: LatticeApi): Promise<Choice[]> {
  const { items } = await api.listServiceNetworks();
  return items
    .map(({ arn, name, accountId }) => ({
      id: arn,
      label: name,
      description: `account ${accountId}, ${parseArn(arn)?.region ?? ''}`,
    }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));
}

/** Chooses a service network; the only one is chosen already. */
export function LatticeNetworkPicker(
  props: FieldExtensionComponentProps<string>,
) {
  const { formData, onChange } = props;
  const state = useChoices(askForNetworks);
  const only =
    state.status === 'ready' && state.choices.length === 1
      ? state.choices[0].id
      : undefined;

  useEffect(() => {
    if (only && !formData) {
      onChange(only);
    }
  }, [only, formData, onChange]);

  return (
    <ChoiceField
      field={props}
      state={state}
      label="Service network"
      empty="The portal sees no service network yet. One appears here as soon as an account of the portal owns it and has been read."
      value={formData}
      onChange={onChange}
    />
  );
}
