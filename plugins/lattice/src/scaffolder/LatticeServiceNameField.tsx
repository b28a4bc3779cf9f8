import { TextField } from '@backstage/ui';
import {
  type FieldExtensionComponentProps,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import { FieldFrame } from './FieldFrame';

export const latticeServiceNameFieldSchema = makeFieldSchema({
  output: z => z.string().describe('Name of the service'),
});

/** Text field for the name of a new service. */
export function LatticeServiceNameField(
  props: FieldExtensionComponentProps<string>,
) {
  const { formData, onChange, schema, required, rawErrors, idSchema } = props;
  return (
    <FieldFrame>
      <TextField
        id={idSchema?.$id}
        label={schema.title ?? 'Name'}
        description={schema.description}
        size="medium"
        isRequired={required}
        isInvalid={Boolean(rawErrors?.length)}
        isDisabled={props.disabled}
        autoComplete="off"
        value={formData ?? ''}
        onChange={value => onChange(value || undefined)}
      />
    </FieldFrame>
  );
}
