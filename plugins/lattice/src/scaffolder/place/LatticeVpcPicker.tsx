import {
  type FieldExtensionComponentProps,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import type { ProvisioningVpc } from '@lattice-portal/plugin-lattice-common';
import type { FormPlace, PlaceOptions } from '../formPlace';
import { validateByReview } from '../review/reviewPlan';
import {
  vpcAssociationOf,
  type VpcAssociationOptions,
  vpcAssociationOptions,
} from '../vpcAssociation';
import { PlacePicker } from './PlacePicker';
import { usePlaceRead } from './usePlaceRead';
import { mapRead } from './useRead';

interface VpcOptions extends PlaceOptions, VpcAssociationOptions {
  /** Field with the ARN of a service that something in the VPC calls. */
  calledServiceField?: string;
}

export const latticeVpcPickerSchema = makeFieldSchema({
  output: z => z.string().describe('Id of the VPC'),
  uiOptions: z =>
    z.object({
      accountField: z.string().optional(),
      networkField: z.string().optional(),
      calledServiceField: z.string().optional(),
      template: z
        .string()
        .optional()
        .describe('Name of the template, which may change what it made'),
      ...vpcAssociationOptions(z),
    }),
});

/** Chooses a VPC of the account; says how it stands to the service network where that matters. */
export function LatticeVpcPicker(
  props: FieldExtensionComponentProps<string, VpcOptions>,
) {
  const { formData, formContext, uiSchema } = props;
  const { place, state } = usePlaceRead(props, (api, at) =>
    api.listProvisioningVpcs(at),
  );
  const part = partOf(
    formData,
    place,
    uiSchema['ui:options'],
    formContext?.formData,
  );
  return (
    <PlacePicker
      field={props}
      state={mapRead(state, toChoice)}
      check={{ id: 'vpc', place, part }}
      label="VPC"
      empty="The account has no VPC in this Region."
      example="vpc-0a1b2c3d4e5f60718"
    />
  );
}

export const validateVpc = validateByReview<string, VpcOptions>(
  ['vpc'],
  partOf,
);

function partOf(
  vpcId: string | undefined,
  { madeBy }: FormPlace,
  options: VpcOptions | undefined,
  formData: Record<string, unknown> | undefined,
) {
  const called = formData?.[options?.calledServiceField ?? ''];
  return vpcId
    ? {
        vpcId,
        madeBy,
        vpcAssociation: vpcAssociationOf(options, formData),
        calledServiceArn: typeof called === 'string' ? called : undefined,
      }
    : undefined;
}

function toChoice({ id, name, cidrBlock, association }: ProvisioningVpc) {
  return {
    id,
    label: name ? `${name} (${id})` : id,
    description: [cidrBlock, describe(association)].filter(Boolean).join(', '),
  };
}

function describe(association: ProvisioningVpc['association']): string {
  switch (association.status) {
    case 'associated':
      return `associated with ${
        association.serviceNetworkName ?? association.serviceNetworkArn
      }`;
    case 'none':
      return 'not associated with a service network';
    default:
      return 'association not known';
  }
}
