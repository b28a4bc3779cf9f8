import type { StructuralSchema } from './CustomResource';

/**
 * The JSON schema of what an API server takes with strict field validation: as the structural schema,
 * and no field that it doesn't know.
 */
export function toJsonSchema(schema: StructuralSchema): object {
  const json: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (!keyword.startsWith('x-kubernetes-')) {
      json[keyword] = value;
    }
  }
  const { properties, items, additionalProperties } = schema;
  if (properties) {
    json.properties = Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [
        name,
        toJsonSchema(property),
      ]),
    );
    json.additionalProperties =
      schema['x-kubernetes-preserve-unknown-fields'] === true;
  }
  if (typeof additionalProperties === 'object') {
    json.additionalProperties = toJsonSchema(additionalProperties);
  }
  if (items) {
    json.items = toJsonSchema(items);
  }
  return json;
}
