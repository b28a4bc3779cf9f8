import {
  type FieldExtensionComponentProps,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import {
  type LatticeApi,
  parseArn,
} from '@lattice-portal/plugin-lattice-common';
import type { Choice } from './Choice';
import { ChoiceField } from './ChoiceField';
import { useChoices } from './useChoices';

export const latticeServicePickerSchema = makeFieldSchema({
  output: z => z.string().describe('ARN of the service'),
});

/** The services of the estate that the user may see. */
export async function askForServices(api: LatticeApi): Promise<Choice[]> {
  const { items } = await api.listServices();
  return items
    .map(({ arn, name, accountId, owner }) => ({
      id: arn,
      label: name,
      description: [
        `account ${accountId}, ${parseArn(arn)?.region ?? ''}`,
        owner && `owned by ${owner}`,
      ]
        .filter(Boolean)
        .join(', '),
    }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));
}

/** Chooses a service of the estate. */
export function LatticeServicePicker(
  props: FieldExtensionComponentProps<string>,
) {
  const { formData, onChange } = props;
  const state = useChoices(askForServices);
  return (
    <ChoiceField
      field={props}
      state={state}
      label="Service"
      empty="The portal sees no service yet. One appears here as soon as its account has been read."
      value={formData}
      onChange={onChange}
    />
  );
}
