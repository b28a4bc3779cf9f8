import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import type {
  ProvisioningCheckId,
  ProvisioningPlan,
} from '@lattice-portal/plugin-lattice-common';
import { latticeApiRef } from '../../api';
import { placeOf, type FormPlace, type PlaceOptions } from '../formPlace';

/** What a field adds to the plan. */
export type PlanPart = Omit<Partial<ProvisioningPlan>, 'accountId'>;

/** The plan a field is checked by. Absent: the account is not chosen yet. */
export function planFor(
  place: FormPlace,
  part: PlanPart,
): ProvisioningPlan | undefined {
  const { accountId, region, networkArn } = place;
  return accountId ? { accountId, region, networkArn, ...part } : undefined;
}

/** The plan as a key: equal for equal plans. */
export function keyOf(plan: ProvisioningPlan | undefined): string | undefined {
  return plan && JSON.stringify(plan);
}

/**
 * A validation that refuses what the back end refuses. What it can't check passes: the field says so, and the run
 * finds out.
 */
export function validateByReview<TValue, TOptions extends PlaceOptions>(
  checks: ProvisioningCheckId[],
  partOf: (
    value: TValue | undefined,
    place: FormPlace,
    options: TOptions | undefined,
    formData: Record<string, unknown> | undefined,
  ) => PlanPart | undefined,
): CustomFieldValidator<TValue, TOptions> {
  return async (value, field, { apiHolder, formData, uiSchema }) => {
    const options = uiSchema?.['ui:options'] as TOptions | undefined;
    const place = placeOf(options, formData);
    const part = partOf(value, place, options, formData);
    const plan = part && planFor(place, part);
    const api = apiHolder.get(latticeApiRef);
    if (!plan || !api) {
      return;
    }
    const review = await api.reviewProvisioning(plan);
    for (const { id, result, message } of review.checks) {
      if (result === 'refused' && checks.includes(id)) {
        field.addError(message);
      }
    }
  };
}
