import {
  type CustomFieldValidator,
  type FieldExtensionComponentProps,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import { useEffect, useRef } from 'react';
import { askForCallers, callersNamed, isRoleArn } from './callerChoices';
import { ChoicesField } from './ChoiceField';
import { chosenOf } from './chosenOf';
import { useChoices } from './useChoices';

export const latticeCallerPickerSchema = makeFieldSchema({
  output: z => z.array(z.string()).describe('ARNs of the roles that may call'),
  uiOptions: z =>
    z.object({
      preselect: z
        .array(z.string())
        .optional()
        .describe('Names of roles that are chosen already, if they are there'),
    }),
});

type Props = FieldExtensionComponentProps<string[], { preselect?: string[] }>;

/** Chooses the roles that may call a service. */
export function LatticeCallerPicker(props: Props) {
  const { onChange, uiSchema } = props;
  const chosen = chosenOf(props.formData);
  const state = useChoices(askForCallers);
  const preselect = uiSchema['ui:options']?.preselect;
  const touched = useRef(chosen.length > 0);

  useEffect(() => {
    if (state.status === 'ready' && preselect && !touched.current) {
      // Once only: who takes the choice away means it.
      touched.current = true;
      const ids = callersNamed(state.choices, preselect);
      if (ids.length) {
        onChange(ids);
      }
    }
  }, [state, preselect, onChange]);

  return (
    <ChoicesField
      field={props}
      state={state}
      label="Callers"
      empty="No role is known to the portal yet. Roles appear here once an account has been read, or has called a service."
      values={chosen}
      onChange={values => {
        touched.current = true;
        onChange(values);
      }}
    />
  );
}

/** At least one caller, and each a role. */
export const validateCallers: CustomFieldValidator<
  string[],
  { preselect?: string[] }
> = (value, field) => {
  const callers = chosenOf(value);
  if (callers.length === 0) {
    field.addError(
      'Choose at least one role. A service nobody may call is of no use.',
    );
  }
  for (const caller of callers) {
    if (!isRoleArn(caller)) {
      field.addError(`${caller} is not the ARN of an IAM role`);
    }
  }
};
