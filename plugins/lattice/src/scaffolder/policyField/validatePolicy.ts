import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { answerIn, emptyAnswer, type PolicyAnswer } from './PolicyAnswer';
import { type PolicyFieldOptions, policyPlaceOf } from './policyOptions';
import { problemsOf } from './problemsOf';

/** Refuses what AWS or the template would refuse, and what nobody could call. */
export const validatePolicy: CustomFieldValidator<
  PolicyAnswer,
  PolicyFieldOptions
> = (answer, field, { formData, schema, uiSchema }) => {
  const place = policyPlaceOf(uiSchema?.['ui:options'], formData, schema);
  for (const problem of problemsOf(answerIn(answer) ?? emptyAnswer, place)) {
    field.addError(problem);
  }
};
