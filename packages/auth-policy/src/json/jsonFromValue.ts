import { JsonNode, MAX_JSON_DEPTH } from './JsonNode';
import { JsonSyntaxError } from './JsonSyntaxError';

/**
 * Turns parsed JSON into nodes.
 *
 * @throws {@link JsonSyntaxError} for a value that JSON doesn't have, and for one nested
 * too deep (a value that holds itself, for example).
 */
export function jsonFromValue(value: unknown, depth = 0): JsonNode {
  if (depth > MAX_JSON_DEPTH) {
    throw new JsonSyntaxError('JSON is nested too deep');
  }
  if (value === null) {
    return { kind: 'null' };
  }
  if (Array.isArray(value)) {
    return {
      kind: 'array',
      items: value.map(item => jsonFromValue(item, depth + 1)),
    };
  }
  switch (typeof value) {
    case 'string':
      return { kind: 'string', value };
    case 'boolean':
      return { kind: 'boolean', value };
    case 'number':
      return { kind: 'number', value, text: String(value) };
    case 'object':
      return {
        kind: 'object',
        // As in JSON.stringify, a member that is undefined isn't there.
        members: Object.entries(value)
          .filter(([, member]) => member !== undefined)
          .map(([key, member]) => ({
            key,
            value: jsonFromValue(member, depth + 1),
          })),
      };
    default:
      throw new JsonSyntaxError(`A ${typeof value} is not JSON`);
  }
}
