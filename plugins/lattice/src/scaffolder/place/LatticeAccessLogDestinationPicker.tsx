import {
  type FieldExtensionComponentProps,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import type { ProvisioningLogDestination } from '@lattice-portal/plugin-lattice-common';
import type { PlaceOptions } from '../formPlace';
import { PlacePicker } from './PlacePicker';
import { usePlaceRead } from './usePlaceRead';

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
  const { required, uiSchema } = props;
  const { kinds = ['bucket'], none = 'A log group of its own' } =
    uiSchema['ui:options'] ?? {};
  const { state } = usePlaceRead(props, (api, at) =>
    api.listProvisioningLogDestinations(at),
  );
  return (
    <PlacePicker
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
      empty="The account has no bucket, and no access logs go to one yet."
      example="arn:aws:s3:::access-logs"
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
