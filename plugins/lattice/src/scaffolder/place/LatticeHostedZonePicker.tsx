import {
  type FieldExtensionComponentProps,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import type { FormPlace, PlaceOptions } from '../formPlace';
import { validateByReview } from '../review/reviewPlan';
import { PlacePicker } from './PlacePicker';
import { usePlaceRead } from './usePlaceRead';
import { mapRead } from './useRead';

export const latticeHostedZonePickerSchema = makeFieldSchema({
  output: z => z.string().describe('Id of the hosted zone'),
  uiOptions: z =>
    z.object({
      accountField: z.string().optional(),
      networkField: z.string().optional(),
      domainField: z.string().optional(),
    }),
});

/** Chooses the hosted zone of the account that gets a record for the host name, or none. */
export function LatticeHostedZonePicker(
  props: FieldExtensionComponentProps<string, PlaceOptions>,
) {
  const { place, state } = usePlaceRead(props, (api, at) =>
    api.listProvisioningHostedZones(at),
  );
  return (
    <PlacePicker
      field={props}
      state={mapRead(state, ({ id, name, isPrivate }) => ({
        id,
        label: name,
        description: `${isPrivate ? 'private' : 'public'}, ${id}`,
      }))}
      check={{ id: 'hosted-zone', place, part: partOf(props.formData, place) }}
      label="Hosted zone"
      none={props.required ? undefined : 'None: the record is made elsewhere'}
      empty="The account has no hosted zone in Route 53."
      example="Z0123456789ABCDEFGHIJ"
    />
  );
}

export const validateHostedZone = validateByReview<string, PlaceOptions>(
  ['hosted-zone'],
  partOf,
);

function partOf(hostedZoneId: string | undefined, { domainName }: FormPlace) {
  return hostedZoneId ? { hostedZoneId, domainName } : undefined;
}
