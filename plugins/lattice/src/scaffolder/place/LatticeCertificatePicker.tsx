import {
  type FieldExtensionComponentProps,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import type { ProvisioningCertificate } from '@lattice-portal/plugin-lattice-common';
import { formatDay } from '../../format';
import { placeOf, type PlaceOptions } from '../formPlace';
import { FieldChecks } from '../review/FieldChecks';
import { planFor, validateByReview } from '../review/reviewPlan';
import { ReadField } from './ReadField';
import { mapRead, useRead } from './useRead';

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
  const { formData, onChange, formContext } = props;
  const place = placeOf(props.uiSchema['ui:options'], formContext?.formData);
  const { accountId, region, domainName } = place;
  const state = useRead({
    key: accountId && `${accountId}/${region}`,
    ask: api =>
      api.listProvisioningCertificates({ accountId: accountId!, region }),
  });
  return (
    <FieldChecks
      plan={
        formData && state.status === 'ready'
          ? planFor(place, { certificateArn: formData, domainName })
          : undefined
      }
      checks={['certificate']}
    >
      <ReadField
        field={props}
        state={mapRead(state, toChoice)}
        label="Certificate"
        waiting="Choose the account first."
        empty="The account has no certificate in this Region. Request one from AWS Certificate Manager, for the host name."
        example="arn:aws:acm:us-east-1:111122223333:certificate/1a2b3c4d-…"
        value={formData}
        onChange={onChange}
      />
    </FieldChecks>
  );
}

export const validateCertificate = validateByReview<string, PlaceOptions>(
  ['certificate'],
  (certificateArn, { domainName }) =>
    certificateArn ? { certificateArn, domainName } : undefined,
);

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
