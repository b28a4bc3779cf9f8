import {
  type FieldExtensionComponentProps,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import { FormTextField } from './FormTextField';

export const latticeServiceNameFieldSchema = makeFieldSchema({
  output: z => z.string().describe('Name of the service'),
});

/** Text field for the name of a new service. */
export function LatticeServiceNameField(
  props: FieldExtensionComponentProps<string>,
) {
  return <FormTextField field={props} label="Name" />;
}
