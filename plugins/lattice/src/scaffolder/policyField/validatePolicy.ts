import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { answerIn, emptyAnswer, type PolicyAnswer } from './PolicyAnswer';
import { placeOf, type PlaceOptions } from '../formPlace';
import { problemsOf } from './problemsOf';

/** Refuses what AWS or the template would refuse, and what nobody could call. */
export const validatePolicy: CustomFieldValidator<
  PolicyAnswer,
  PlaceOptions
> = (answer, field, { formData, uiSchema }) => {
  const place = placeOf(uiSchema?.['ui:options'], formData);
  for (const problem of problemsOf(answerIn(answer) ?? emptyAnswer, place)) {
    field.addError(problem);
  }
};
