import { Alert, Button, Select, Skeleton } from '@backstage/ui';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { FieldFrame } from './FieldFrame';
import type { ChoicesState } from './useChoices';

interface CommonProps {
  field: Pick<
    FieldExtensionComponentProps<any>,
    'schema' | 'required' | 'rawErrors' | 'idSchema' | 'disabled' | 'uiSchema'
  >;
  state: ChoicesState;
  /** What the choices are called when the schema gives no title. */
  label: string;
  /** Said when there is nothing to choose, with how to get there. */
  empty: string;
}

interface ChoiceFieldProps extends CommonProps {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

interface ChoicesFieldProps extends CommonProps {
  values: string[];
  onChange: (values: string[]) => void;
}

/** A field that offers one of several things. */
export function ChoiceField(props: ChoiceFieldProps) {
  const { value, onChange } = props;
  return (
    <WithChoices {...props}>
      {common => (
        <Select
          {...common}
          selectionMode="single"
          value={value ?? null}
          onChange={key => onChange(key === null ? undefined : String(key))}
        />
      )}
    </WithChoices>
  );
}

/** A field that offers any number of several things. */
export function ChoicesField(props: ChoicesFieldProps) {
  const { values, onChange } = props;
  return (
    <WithChoices {...props}>
      {common => (
        <Select
          {...common}
          selectionMode="multiple"
          value={values}
          onChange={keys => onChange([...keys].map(String))}
        />
      )}
    </WithChoices>
  );
}

function WithChoices(
  props: CommonProps & {
    children: (common: ReturnType<typeof selectProps>) => JSX.Element;
  },
) {
  const { state, empty, children } = props;
  if (state.status === 'failed') {
    return (
      <Alert
        status="danger"
        icon
        title={`${titleOf(props)}: the choices could not be read`}
        description={state.message}
        customActions={
          <Button variant="secondary" onPress={state.retry}>
            Try again
          </Button>
        }
      />
    );
  }
  if (state.status === 'loading') {
    return (
      <div role="status" aria-label={`${titleOf(props)}: loading`}>
        <Skeleton width="30%" height={16} />
        <Skeleton width="100%" height={40} />
      </div>
    );
  }
  if (state.choices.length === 0) {
    return (
      <Alert status="info" icon title={titleOf(props)} description={empty} />
    );
  }
  return <FieldFrame>{children(selectProps(props, state.choices))}</FieldFrame>;
}

function selectProps(
  { field, ...props }: CommonProps,
  options: Extract<ChoicesState, { status: 'ready' }>['choices'],
) {
  return {
    id: field.idSchema?.$id,
    label: titleOf({ field, ...props }),
    description: field.uiSchema?.['ui:description'] ?? field.schema.description,
    isRequired: field.required,
    isDisabled: field.disabled,
    isInvalid: Boolean(field.rawErrors?.length),
    size: 'medium' as const,
    placeholder: 'Choose',
    options,
    search: options.length > 8 ? (true as const) : undefined,
  };
}

function titleOf({ field, label }: Pick<CommonProps, 'field' | 'label'>) {
  return field.schema.title ?? label;
}
