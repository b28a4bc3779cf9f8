import {
  type FieldExtensionComponentProps,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import type { ProvisioningLogDestination } from '@lattice-portal/plugin-lattice-common';
import { placeOf, type PlaceOptions } from '../formPlace';
import { ReadField } from './ReadField';
import { useRead } from './useRead';

type Kind = ProvisioningLogDestination['kind'];

interface LogDestinationOptions extends PlaceOptions {
  /** What may be chosen. Default: buckets. */
  kinds?: Kind[];
  /** What no choice means. */
  none?: string;
}

export const latticeAccessLogDestinationPickerSchema = makeFieldSchema({
  output: z => z.string().describe('ARN of the destination'),
  uiOptions: z =>
    z.object({
      accountField: z.string().optional(),
      networkField: z.string().optional(),
      kinds: z
        .array(z.enum(['bucket', 'log-group', 'delivery-stream']))
        .optional(),
      none: z.string().optional().describe('What no choice means'),
    }),
});

/** Chooses where access logs go: a bucket of the account, or one that others of the estate use. */
export function LatticeAccessLogDestinationPicker(
  props: FieldExtensionComponentProps<string, LogDestinationOptions>,
) {
  const { formData, onChange, formContext, required } = props;
  const options = props.uiSchema['ui:options'];
  const { kinds = ['bucket'], none = 'A log group of its own' } = options ?? {};
  const { accountId, region } = placeOf(options, formContext?.formData);
  const state = useRead({
    key: accountId && `${accountId}/${region}`,
    ask: api =>
      api.listProvisioningLogDestinations({ accountId: accountId!, region }),
  });
  return (
    <ReadField
      field={props}
      state={
        state.status === 'ready'
          ? {
              ...state,
              items: state.items
                .filter(({ kind }) => kinds.includes(kind))
                .map(toChoice),
            }
          : state
      }
      label="Access logs"
      none={required ? undefined : none}
      waiting="Choose the account first."
      empty="The account has no bucket, and no access logs go to one yet."
      example="arn:aws:s3:::access-logs"
      value={formData}
      onChange={onChange}
    />
  );
}

function toChoice({ arn, usedBy }: ProvisioningLogDestination) {
  const name = arn.split(':').slice(5).join(':').replace('log-group:', '');
  const users = usedBy.slice(0, 3).join(', ');
  return {
    id: arn,
    label: name || arn,
    description:
      usedBy.length === 0
        ? 'not used for access logs yet'
        : `access logs of ${users}${usedBy.length > 3 ? ' and others' : ''}`,
  };
}
