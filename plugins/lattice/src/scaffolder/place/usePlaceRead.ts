import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import type {
  LatticeApi,
  ProvisioningPlace,
  ReadResult,
} from '@lattice-portal/plugin-lattice-common';
import { type FormPlace, placeOf, type PlaceOptions } from '../formPlace';
import { type ReadState, useRead } from './useRead';

/** What an account and Region hold that a field may offer; waits until the account is chosen. */
export function usePlaceRead<T>(
  field: Pick<
    FieldExtensionComponentProps<any, PlaceOptions>,
    'uiSchema' | 'formContext'
  >,
  ask: (api: LatticeApi, at: ProvisioningPlace) => Promise<ReadResult<T>>,
): { place: FormPlace; state: ReadState<T> } {
  const place = placeOf(
    field.uiSchema['ui:options'],
    field.formContext?.formData,
  );
  const { accountId, region } = place;
  const state = useRead({
    key: accountId && `${accountId}/${region}`,
    ask: api => ask(api, { accountId: accountId!, region }),
  });
  return { place, state };
}
