import {
  type FieldExtensionComponentProps,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import { placeOf, type PlaceOptions } from '../formPlace';
import { FieldChecks } from '../review/FieldChecks';
import { planFor, validateByReview } from '../review/reviewPlan';
import { ReadField } from './ReadField';
import { mapRead, useRead } from './useRead';

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
  const { formData, onChange, formContext, required } = props;
  const place = placeOf(props.uiSchema['ui:options'], formContext?.formData);
  const { accountId, region, domainName } = place;
  const state = useRead({
    key: accountId && `${accountId}/${region}`,
    ask: api =>
      api.listProvisioningHostedZones({ accountId: accountId!, region }),
  });
  return (
    <FieldChecks
      plan={
        formData && state.status === 'ready'
          ? planFor(place, { hostedZoneId: formData, domainName })
          : undefined
      }
      checks={['hosted-zone']}
    >
      <ReadField
        field={props}
        state={mapRead(state, ({ id, name, isPrivate }) => ({
          id,
          label: name,
          description: `${isPrivate ? 'private' : 'public'}, ${id}`,
        }))}
        label="Hosted zone"
        none={required ? undefined : 'None: the record is made elsewhere'}
        waiting="Choose the account first."
        empty="The account has no hosted zone in Route 53."
        example="Z0123456789ABCDEFGHIJ"
        value={formData}
        onChange={onChange}
      />
    </FieldChecks>
  );
}

export const validateHostedZone = validateByReview<string, PlaceOptions>(
  ['hosted-zone'],
  (hostedZoneId, { domainName }) =>
    hostedZoneId ? { hostedZoneId, domainName } : undefined,
);
