import {
  type FieldExtensionComponentProps,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import type { PlaceOptions } from '../formPlace';
import { useAutomaticChoice } from '../useAutomaticChoice';
import { PlacePicker } from './PlacePicker';
import { usePlaceRead } from './usePlaceRead';
import { mapRead } from './useRead';

interface PrefixListOptions extends PlaceOptions {
  addressFamily?: 'IPv4' | 'IPv6';
}

export const latticePrefixListFieldSchema = makeFieldSchema({
  output: z => z.string().describe('Id of the managed prefix list'),
  uiOptions: z =>
    z.object({
      accountField: z.string().optional(),
      networkField: z.string().optional(),
      serviceField: z.string().optional(),
      regionField: z.string().optional(),
      addressFamily: z.enum(['IPv4', 'IPv6']).optional(),
    }),
});

/** The managed prefix list of VPC Lattice in the account and Region, chosen by itself. */
export function LatticePrefixListField(
  props: FieldExtensionComponentProps<string, PrefixListOptions>,
) {
  const { formData, onChange, uiSchema } = props;
  const { addressFamily = 'IPv4' } = uiSchema['ui:options'] ?? {};
  const { state } = usePlaceRead(props, (api, at) =>
    api.listProvisioningPrefixLists(at),
  );
  const own =
    state.status === 'ready'
      ? state.items.find(
          ({ name }) => name.includes('.ipv6.') === (addressFamily === 'IPv6'),
        )?.id
      : undefined;
  // The list is the place's own: another account has another id for it.
  const value = own === formData ? undefined : own;
  useAutomaticChoice({ value, onChange });

  return (
    <PlacePicker
      field={props}
      state={mapRead(state, ({ id, name }) => ({
        id,
        label: id,
        description: name,
      }))}
      label="Prefix list of VPC Lattice"
      empty="AWS has no prefix list of VPC Lattice in this Region: VPC Lattice may not be offered there."
      example="pl-0a1b2c3d4e5f60718"
    />
  );
}
