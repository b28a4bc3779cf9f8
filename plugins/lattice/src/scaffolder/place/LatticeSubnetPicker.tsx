import {
  type FieldExtensionComponentProps,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import type { ProvisioningSubnet } from '@lattice-portal/plugin-lattice-common';
import { formatCount } from '../../format';
import { chosenOf } from '../chosenOf';
import { type FormPlace, placeOf, type PlaceOptions } from '../formPlace';
import { validateByReview } from '../review/reviewPlan';
import { PlacesPicker } from './PlacePicker';
import { mapRead, useRead } from './useRead';

export const latticeSubnetPickerSchema = makeFieldSchema({
  output: z => z.array(z.string()).describe('Ids of the subnets'),
  uiOptions: z =>
    z.object({
      accountField: z.string().optional(),
      networkField: z.string().optional(),
      vpcField: z.string().optional(),
    }),
});

/** Chooses subnets of the VPC. */
export function LatticeSubnetPicker(
  props: FieldExtensionComponentProps<string[], PlaceOptions>,
) {
  const { formData, formContext, uiSchema } = props;
  const place = placeOf(uiSchema['ui:options'], formContext?.formData);
  const { accountId, region, vpcId } = place;
  const state = useRead({
    key: accountId && vpcId && `${accountId}/${region}/${vpcId}`,
    ask: api =>
      api.listProvisioningSubnets({
        accountId: accountId!,
        region,
        vpcId: vpcId!,
      }),
  });
  return (
    <PlacesPicker
      field={props}
      state={mapRead(state, toChoice)}
      check={{ id: 'subnets', place, part: partOf(formData, place) }}
      label="Subnets"
      waiting="Choose the VPC first."
      empty="The VPC has no subnet."
      example="subnet-0a1b2c3d4e5f60718, subnet-0a1b2c3d4e5f60719"
    />
  );
}

export const validateSubnets = validateByReview<string[], PlaceOptions>(
  ['subnets'],
  partOf,
);

function partOf(value: string[] | undefined, { vpcId }: FormPlace) {
  const subnetIds = chosenOf(value);
  return vpcId && subnetIds.length > 0 ? { vpcId, subnetIds } : undefined;
}

function toChoice(subnet: ProvisioningSubnet) {
  const { id, name, availabilityZone, availabilityZoneId } = subnet;
  const { cidrBlock, availableAddresses } = subnet;
  return {
    id,
    label: name ? `${name} (${id})` : id,
    description: [
      [availabilityZone, availabilityZoneId && `(${availabilityZoneId})`]
        .filter(Boolean)
        .join(' '),
      cidrBlock,
      availableAddresses === undefined
        ? undefined
        : `${formatCount(availableAddresses, 'address', 'addresses')} free`,
    ]
      .filter(Boolean)
      .join(', '),
  };
}
