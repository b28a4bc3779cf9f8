/** What a template may give for a parameter. */
export type ParameterInput =
  | string
  | number
  | boolean
  | string[]
  | null
  | undefined;

/**
 * Parameter values as CloudFormation takes them: text; lists joined by commas. What is not set is left out, so that
 * the product's default holds.
 */
export function toParameterValues(
  parameters: Record<string, ParameterInput>,
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [key, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null) {
      values[key] = Array.isArray(value) ? value.join(',') : String(value);
    }
  }
  return values;
}
