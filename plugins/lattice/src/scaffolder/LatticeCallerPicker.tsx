import {
  type CustomFieldValidator,
  type FieldExtensionComponentProps,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import { parseArn } from '@lattice-portal/plugin-lattice-common';
import { useRef } from 'react';
import { askForCallers, callersNamed, isRoleArn } from './callerChoices';
import { ChoicesField } from './ChoiceField';
import { chosenOf } from './chosenOf';
import { useAutomaticChoice } from './useAutomaticChoice';
import { type ChoicesState, useChoices } from './useChoices';

export const latticeCallerPickerSchema = makeFieldSchema({
  output: z => z.array(z.string()).describe('ARNs of the roles that may call'),
  uiOptions: z =>
    z.object({
      preselect: z
        .array(z.string())
        .optional()
        .describe('Names of roles that are chosen already, if they are there'),
      accountField: z
        .string()
        .optional()
        .describe('Field with the account whose roles alone are offered'),
    }),
});

type Options = { preselect?: string[]; accountField?: string };
type Props = FieldExtensionComponentProps<string[], Options>;

/** Chooses the roles that may call a service. */
export function LatticeCallerPicker(props: Props) {
  const { onChange, uiSchema, formContext } = props;
  const chosen = chosenOf(props.formData);
  const { preselect, accountField } = uiSchema['ui:options'] ?? {};
  const state = ofAccount(
    useChoices(askForCallers),
    accountField && formContext?.formData?.[accountField],
  );
  const touched = useRef(chosen.length > 0);

  if (chosen.length > 0) {
    // Who takes the choice away means it.
    touched.current = true;
  }
  const named =
    state.status === 'ready' && preselect && !touched.current
      ? callersNamed(state.choices, preselect)
      : [];
  useAutomaticChoice({ value: named.length ? named : undefined, onChange });

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

/** What is offered, of one account only where there is one. */
function ofAccount(state: ChoicesState, accountId: unknown): ChoicesState {
  return state.status === 'ready' && typeof accountId === 'string'
    ? {
        ...state,
        choices: state.choices.filter(
          ({ id }) => parseArn(id)?.accountId === accountId,
        ),
      }
    : state;
}

/** At least one caller, and each a role. */
export const validateCallers: CustomFieldValidator<string[], Options> = (
  value,
  field,
) => {
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
