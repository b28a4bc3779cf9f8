import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import type { ProvisioningCheckId } from '@lattice-portal/plugin-lattice-common';
import type { ReactNode } from 'react';
import type { Choice } from '../Choice';
import { chosenOf } from '../chosenOf';
import type { FormPlace } from '../formPlace';
import { FieldChecks } from '../review/FieldChecks';
import { planFor, type PlanPart } from '../review/reviewPlan';
import { ReadField, ReadFields } from './ReadField';
import type { ReadState } from './useRead';

interface PickerProps<TValue> {
  field: FieldExtensionComponentProps<TValue, any>;
  state: ReadState<Choice>;
  /** What the back end is asked about the choice. Absent: nothing. */
  check?: {
    id: ProvisioningCheckId;
    place: FormPlace;
    /** What the choice adds to the plan. Absent: nothing is chosen yet. */
    part: PlanPart | undefined;
  };
  /** What the field is called when the schema gives no title. */
  label: string;
  /** Said while another field has to be filled in first. Default: the account. */
  waiting?: string;
  /** Said when there is nothing to choose, with how to get there. */
  empty: string;
  /** What a value that is typed looks like. */
  example: string;
}

const ACCOUNT_FIRST = 'Choose the account first.';

/** Chooses one of what a place holds, and says what the back end objects to in it. */
export function PlacePicker(
  props: PickerProps<string> & {
    /** Offered first, for no value. */
    none?: string;
  },
) {
  const { field, check, waiting = ACCOUNT_FIRST, ...rest } = props;
  return (
    <Checked state={props.state} check={check}>
      <ReadField
        {...rest}
        field={field}
        waiting={waiting}
        value={field.formData}
        onChange={field.onChange}
      />
    </Checked>
  );
}

/** As `PlacePicker`, for several. */
export function PlacesPicker(props: PickerProps<string[]>) {
  const { field, check, waiting = ACCOUNT_FIRST, ...rest } = props;
  return (
    <Checked state={props.state} check={check}>
      <ReadFields
        {...rest}
        field={field}
        waiting={waiting}
        values={chosenOf(field.formData)}
        onChange={field.onChange}
      />
    </Checked>
  );
}

function Checked(
  props: Pick<PickerProps<unknown>, 'state' | 'check'> & {
    children: ReactNode;
  },
) {
  const { state, check, children } = props;
  if (!check) {
    return <>{children}</>;
  }
  // What could not be read is typed, and checked when it is handed on.
  const isAsked = check.part && state.status === 'ready';
  return (
    <FieldChecks
      plan={isAsked ? planFor(check.place, check.part!) : undefined}
      checks={[check.id]}
    >
      {children}
    </FieldChecks>
  );
}
