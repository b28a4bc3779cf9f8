import { JsonNode } from '../json/JsonNode';
import { JsonSyntaxError } from '../json/JsonSyntaxError';
import { jsonFromText } from '../json/jsonFromText';

/** Where a case holds policy documents. */
const POLICY_PATHS = [
  /^\.(network|service)\.policy$/,
  /^\.(identity|limits\.\w+(\.\d+)?)\.policies\.\d+$/,
];

/**
 * Reads the JSON of a case. Policies stay text, so that the policy parser sees what
 * `JSON.parse` would hide, such as a key given twice.
 *
 * @throws `InputError` for text that is not JSON.
 */
export function readCaseJson(text: string): unknown {
  try {
    return valueOf({ node: jsonFromText(text), path: '', text });
  } catch (error) {
    if (error instanceof JsonSyntaxError) {
      throw inputError(`not JSON: ${error.message}`);
    }
    throw error;
  }
}

function valueOf(options: {
  node: JsonNode;
  path: string;
  text: string;
}): unknown {
  const { node, path, text } = options;
  switch (node.kind) {
    case 'null':
      return null;
    case 'array':
      return node.items.map((item, index) =>
        valueOf({ node: item, path: `${path}.${index}`, text }),
      );
    case 'object':
      return POLICY_PATHS.some(form => form.test(path))
        ? text.slice(node.offset, node.end)
        : Object.fromEntries(
            node.members.map(({ key, value }) => [
              key,
              valueOf({ node: value, path: `${path}.${key}`, text }),
            ]),
          );
    default:
      return node.value;
  }
}

export function inputError(message: string): Error {
  const error = new Error(message);
  error.name = 'InputError';
  return error;
}
