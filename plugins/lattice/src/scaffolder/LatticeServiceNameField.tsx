import {
  type FieldExtensionComponentProps,
  makeFieldSchema,
} from '@backstage/plugin-scaffolder-react';
import { FormTextField } from './FormTextField';

export const latticeServiceNameFieldSchema = makeFieldSchema({
  output: z => z.string().describe('Name of the service'),
  uiOptions: z =>
    z.object({
      template: z
        .string()
        .optional()
        .describe('Name of the template, which may change what it made'),
    }),
});

/** Text field for the name of a new service, or of one that the same template made for the same owner. */
export function LatticeServiceNameField(
  props: FieldExtensionComponentProps<string, { template?: string }>,
) {
  return <FormTextField field={props} label="Name" />;
}
