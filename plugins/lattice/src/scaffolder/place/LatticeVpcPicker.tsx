import {
  type FieldExtensionComponentProps,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import type { ProvisioningVpc } from '@lattice-portal/plugin-lattice-common';
import { placeOf, type PlaceOptions } from '../formPlace';
import { FieldChecks } from '../review/FieldChecks';
import { planFor, validateByReview } from '../review/reviewPlan';
import { ReadField } from './ReadField';
import { mapRead, useRead } from './useRead';

interface VpcOptions extends PlaceOptions {
  /** Whether the VPC is to join the network: it need not be associated with it. */
  joining?: boolean;
}

export const latticeVpcPickerSchema = makeFieldSchema({
  output: z => z.string().describe('Id of the VPC'),
  uiOptions: z =>
    z.object({
      accountField: z.string().optional(),
      networkField: z.string().optional(),
      joining: z.boolean().optional(),
    }),
});

/** Chooses a VPC of the account that is associated with the network. */
export function LatticeVpcPicker(
  props: FieldExtensionComponentProps<string, VpcOptions>,
) {
  const { formData, onChange, formContext } = props;
  const options = props.uiSchema['ui:options'];
  const place = placeOf(options, formContext?.formData);
  const { accountId, region } = place;
  const state = useRead({
    key: accountId && `${accountId}/${region}`,
    ask: api => api.listProvisioningVpcs({ accountId: accountId!, region }),
  });
  return (
    <FieldChecks
      plan={
        formData && state.status === 'ready'
          ? planFor(place, partOf(formData, options))
          : undefined
      }
      checks={['vpc']}
    >
      <ReadField
        field={props}
        state={mapRead(state, toChoice)}
        label="VPC"
        waiting="Choose the account first."
        empty="The account has no VPC in this Region."
        example="vpc-0a1b2c3d4e5f60718"
        value={formData}
        onChange={onChange}
      />
    </FieldChecks>
  );
}

export const validateVpc = validateByReview<string, VpcOptions>(
  ['vpc'],
  (vpcId, _, options) => (vpcId ? partOf(vpcId, options) : undefined),
);

function partOf(vpcId: string, options: VpcOptions | undefined) {
  return { vpcId, ...(options?.joining ? { joining: true } : {}) };
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
