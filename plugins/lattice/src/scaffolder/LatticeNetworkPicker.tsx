import {
  type FieldExtensionComponentProps,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import type {
  LatticeApi,
  ProvisioningNetwork,
  ReadResult,
} from '@lattice-portal/plugin-lattice-common';
import { placeOf, type PlaceOptions } from './formPlace';
import { PlacePicker } from './place/PlacePicker';
import { mapRead, useRead } from './place/useRead';
import { validateByReview } from './review/reviewPlan';
import { useAutomaticChoice } from './useAutomaticChoice';

export const latticeNetworkPickerSchema = makeFieldSchema({
  output: z => z.string().describe('ARN of the service network'),
  uiOptions: z => z.object({ accountField: z.string().optional() }),
});

/** The service networks of an account and those shared with it, in all its Regions. */
export async function askForNetworks(
  api: LatticeApi,
  accountId: string,
): Promise<ReadResult<ProvisioningNetwork>> {
  const { items: accounts } = await api.listProvisioningAccounts();
  const regions = accounts.find(account => account.accountId === accountId)
    ?.regions ?? [undefined];
  const results = await Promise.all(
    regions.map(region => api.listProvisioningNetworks({ accountId, region })),
  );
  const unknown = results.find(({ status }) => status === 'unknown');
  // Half a list would look like a whole one.
  return (
    unknown ?? {
      status: 'read',
      items: results
        .flatMap(result => (result.status === 'read' ? result.items : []))
        .sort((a, b) => a.name.localeCompare(b.name, 'en')),
    }
  );
}

/** Chooses a service network that the account may join; the only one is chosen already. */
export function LatticeNetworkPicker(
  props: FieldExtensionComponentProps<string, PlaceOptions>,
) {
  const { formData, onChange, formContext, uiSchema } = props;
  const { accountId } = placeOf(uiSchema['ui:options'], formContext?.formData);
  const state = useRead({
    key: accountId,
    ask: api => askForNetworks(api, accountId!),
  });
  const only =
    state.status === 'ready' && state.items.length === 1
      ? state.items[0].arn
      : undefined;

  useAutomaticChoice({ value: formData ? undefined : only, onChange });

  return (
    <PlacePicker
      field={props}
      state={mapRead(state, ({ arn, name, accountId: owner, region }) => ({
        id: arn,
        label: name,
        description:
          owner === accountId
            ? `of this account, ${region}`
            : `shared by account ${owner}, ${region}`,
      }))}
      check={{ id: 'network', place: { accountId }, part: partOf(formData) }}
      label="Service network"
      empty="The account has no service network, and none is shared with it. Ask the owner of a network to share it with AWS RAM."
      example="arn:aws:vpc-lattice:us-east-1:111122223333:servicenetwork/sn-0123456789abcdef0"
    />
  );
}

export const validateNetwork = validateByReview<string, PlaceOptions>(
  ['network'],
  partOf,
);

function partOf(networkArn: string | undefined) {
  return networkArn ? { networkArn } : undefined;
}
