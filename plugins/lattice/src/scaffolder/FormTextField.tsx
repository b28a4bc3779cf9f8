import { TextField } from '@backstage/ui';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { FieldFrame } from './FieldFrame';

/** A text field of a form; empty is no value. */
export function FormTextField(props: {
  field: FieldExtensionComponentProps<string, any>;
  /** What the field is called when the schema gives no title. */
  label: string;
  /** What is kept of what is typed. Default: all. */
  clean?: (text: string) => string;
}) {
  const { field, label, clean = text => text } = props;
  const { schema, idSchema, rawErrors, formData, onChange } = field;
  return (
    <FieldFrame>
      <TextField
        id={idSchema?.$id}
        label={schema.title ?? label}
        description={schema.description}
        size="medium"
        isRequired={field.required}
        isInvalid={Boolean(rawErrors?.length)}
        isDisabled={field.disabled}
        autoComplete="off"
        value={formData ?? ''}
        onChange={text => onChange(clean(text) || undefined)}
      />
    </FieldFrame>
  );
}
