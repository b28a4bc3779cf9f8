import {
  Alert,
  Button,
  Flex,
  Select,
  Skeleton,
  TextField,
} from '@backstage/ui';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { FieldFrame } from '../FieldFrame';
import type { Choice } from '../Choice';
import { FieldNote } from './FieldNote';
import type { ReadState } from './useRead';

type Field = Pick<
  FieldExtensionComponentProps<any>,
  'schema' | 'required' | 'rawErrors' | 'idSchema' | 'disabled' | 'uiSchema'
>;

interface CommonProps {
  field: Field;
  state: ReadState<Choice>;
  /** What the choices are called when the schema gives no title. */
  label: string;
  /** Said while another field has to be filled in first. */
  waiting: string;
  /** Said when there is nothing to choose, with how to get there. */
  empty: string;
  /** What a value that is typed looks like: `vpc-…`. */
  example: string;
}

const NONE = 'none';

/** A field that offers what was read, and takes the id where it could not be read. */
export function ReadField(
  props: CommonProps & {
    value: string | undefined;
    /** Offered first, for no value. */
    none?: string;
    onChange: (value: string | undefined) => void;
  },
) {
  const { value, none, onChange, state } = props;
  const options =
    state.status === 'ready'
      ? withCurrent(state.items, value ? [value] : [])
      : [];
  return (
    <WithState
      {...props}
      hasNone={none !== undefined}
      text={value ?? ''}
      onText={text => onChange(text || undefined)}
    >
      {common => (
        <Select
          {...common}
          options={none ? [{ id: NONE, label: none }, ...options] : options}
          selectionMode="single"
          value={value ?? (none ? NONE : null)}
          onChange={key =>
            onChange(key === null || key === NONE ? undefined : String(key))
          }
        />
      )}
    </WithState>
  );
}

/** As `ReadField`, for several values; typed ones are separated by commas or blanks. */
export function ReadFields(
  props: CommonProps & {
    values: string[];
    onChange: (values: string[]) => void;
  },
) {
  const { values, onChange, state } = props;
  return (
    <WithState
      {...props}
      text={values.join(', ')}
      onText={text => onChange(text.split(/[,\s]+/).filter(Boolean))}
    >
      {common => (
        <Select
          {...common}
          options={
            state.status === 'ready' ? withCurrent(state.items, values) : []
          }
          selectionMode="multiple"
          value={values}
          onChange={keys => onChange([...keys].map(String))}
        />
      )}
    </WithState>
  );
}

function WithState(
  props: CommonProps & {
    hasNone?: boolean;
    text: string;
    onText: (text: string) => void;
    children: (common: ReturnType<typeof commonProps>) => JSX.Element;
  },
) {
  const { field, state, waiting, empty, example, hasNone, children } = props;
  const title = field.schema.title ?? props.label;
  const common = commonProps(field, title);
  switch (state.status) {
    case 'waiting':
      return <FieldNote title={title}>{waiting}</FieldNote>;
    case 'loading':
      return (
        <div role="status" aria-label={`${title}: loading`}>
          <Skeleton width="30%" height={16} />
          <Skeleton width="100%" height={40} />
        </div>
      );
    case 'unknown':
      return (
        <Flex direction="column" gap="2">
          <FieldFrame>
            <TypedField {...props} common={common} />
          </FieldFrame>
          <Alert
            status="warning"
            icon
            title={`${title}: what there is could not be read`}
            description={`${state.reason.replace(
              /[.\s]*$/,
              '.',
            )} Type the value, such as ${example}; it is checked when the service is made.`}
            customActions={
              <Button size="small" variant="secondary" onPress={state.retry}>
                Try again
              </Button>
            }
          />
        </Flex>
      );
    default:
      return state.items.length === 0 && !hasNone ? (
        <Alert status="info" icon title={title} description={empty} />
      ) : (
        <FieldFrame>{children(common)}</FieldFrame>
      );
  }
}

function TypedField(props: {
  common: ReturnType<typeof commonProps>;
  example: string;
  text: string;
  onText: (text: string) => void;
}) {
  const { common, example, text, onText } = props;
  const { placeholder: _, search: __, ...rest } = common;
  return (
    <TextField
      {...rest}
      autoComplete="off"
      placeholder={example}
      defaultValue={text}
      onChange={onText}
    />
  );
}

function commonProps(field: Field, title: string) {
  return {
    id: field.idSchema?.$id,
    label: title,
    description: field.uiSchema?.['ui:description'] ?? field.schema.description,
    isRequired: field.required,
    isDisabled: field.disabled,
    isInvalid: Boolean(field.rawErrors?.length),
    size: 'medium' as const,
    placeholder: 'Choose',
    search: true as const,
  };
}

/** What is chosen stays in sight, although it is offered no more. */
function withCurrent(choices: Choice[], values: string[]): Choice[] {
  const gone = values.filter(value => !choices.some(({ id }) => id === value));
  return [
    ...choices,
    ...gone.map(id => ({ id, label: id, description: 'not offered here' })),
  ];
}
