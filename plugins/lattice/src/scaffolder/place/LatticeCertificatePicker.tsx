import {
  type FieldExtensionComponentProps,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import type { ProvisioningCertificate } from '@lattice-portal/plugin-lattice-common';
import { formatDay } from '../../format';
import type { FormPlace, PlaceOptions } from '../formPlace';
import { validateByReview } from '../review/reviewPlan';
import { PlacePicker } from './PlacePicker';
import { usePlaceRead } from './usePlaceRead';
import { mapRead } from './useRead';

export const latticeCertificatePickerSchema = makeFieldSchema({
  output: z => z.string().describe('ARN of the certificate'),
  uiOptions: z =>
    z.object({
      accountField: z.string().optional(),
      networkField: z.string().optional(),
      domainField: z.string().optional(),
    }),
});

/** Chooses a certificate of the account for the host name. */
export function LatticeCertificatePicker(
  props: FieldExtensionComponentProps<string, PlaceOptions>,
) {
  const { place, state } = usePlaceRead(props, (api, at) =>
    api.listProvisioningCertificates(at),
  );
  return (
    <PlacePicker
      field={props}
      state={mapRead(state, toChoice)}
      check={{ id: 'certificate', place, part: partOf(props.formData, place) }}
      label="Certificate"
      empty="The account has no certificate in this Region. Request one from AWS Certificate Manager, for the host name."
      example="arn:aws:acm:us-east-1:111122223333:certificate/1a2b3c4d-…"
    />
  );
}

export const validateCertificate = validateByReview<string, PlaceOptions>(
  ['certificate'],
  partOf,
);

function partOf(certificateArn: string | undefined, { domainName }: FormPlace) {
  return certificateArn ? { certificateArn, domainName } : undefined;
}

function toChoice(certificate: ProvisioningCertificate) {
  const { arn, domainNames, status, expiresAt } = certificate;
  return {
    id: arn,
    label: domainNames.join(', ') || arn,
    description: [
      status === 'ISSUED' ? undefined : status,
      expiresAt && `until ${formatDay(expiresAt)}`,
      arn.slice(arn.lastIndexOf('/') + 1),
    ]
      .filter(Boolean)
      .join(', '),
  };
}
