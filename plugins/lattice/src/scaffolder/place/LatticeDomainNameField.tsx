import {
  type CustomFieldValidator,
  type FieldExtensionComponentProps,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import { placeOf, type PlaceOptions } from '../formPlace';
import { FormTextField } from '../FormTextField';
import { FieldChecks } from '../review/FieldChecks';
import { planFor, validateByReview } from '../review/reviewPlan';
import { problemOfDomainName } from './problemOfDomainName';

export const latticeDomainNameFieldSchema = makeFieldSchema({
  output: z => z.string().describe('Host name'),
  uiOptions: z =>
    z.object({
      accountField: z.string().optional(),
      networkField: z.string().optional(),
    }),
});

/** Text field for a custom domain name that says at once when it is in use. */
export function LatticeDomainNameField(
  props: FieldExtensionComponentProps<string, PlaceOptions>,
) {
  const { formData, formContext, uiSchema } = props;
  const place = placeOf(uiSchema['ui:options'], formContext?.formData);
  const isName = formData && !problemOfDomainName(formData);
  return (
    <FieldChecks
      plan={isName ? planFor(place, { domainName: formData }) : undefined}
      checks={['domain-name']}
    >
      <FormTextField
        field={props}
        label="Host name"
        clean={text => text.trim().toLocaleLowerCase('en-US')}
      />
    </FieldChecks>
  );
}

const validateUse = validateByReview<string, PlaceOptions>(
  ['domain-name'],
  domainName => ({ domainName }),
);

/** The rules for host names, and whether the name is in use. */
export const validateDomainName: CustomFieldValidator<
  string,
  PlaceOptions
> = async (name, field, context) => {
  if (!name) {
    return;
  }
  const problem = problemOfDomainName(name);
  if (problem) {
    field.addError(problem);
    return;
  }
  await validateUse(name, field, context);
};
