import { TemplateError } from './TemplateError';

const LOOP = 'Fn::ForEach::';

/** The values that a loop's collection can refer to: parameters, and identifiers of outer loops. */
type Bindings = Record<string, string | string[]>;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `${Name}` is the value, `&{Name}` the value without what logical ids can't have. */
function substitute(text: string, name: string, value: string): string {
  return text
    .replaceAll(`\${${name}}`, () => value)
    .replaceAll(`&{${name}}`, () => value.replace(/[^A-Za-z0-9]/g, ''));
}

function bind(value: unknown, name: string, bound: string): unknown {
  if (typeof value === 'string') {
    return substitute(value, name, bound);
  }
  if (Array.isArray(value)) {
    return value.map(item => bind(item, name, bound));
  }
  if (!isObject(value)) {
    return value;
  }
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0][0] === 'Ref' && value.Ref === name) {
    return bound;
  }
  return Object.fromEntries(
    entries.map(([key, item]) => [
      substitute(key, name, bound),
      bind(item, name, bound),
    ]),
  );
}

function collectionOf(
  loop: string,
  collection: unknown,
  bindings: Bindings,
): string[] {
  const values =
    isObject(collection) && typeof collection.Ref === 'string'
      ? bindings[collection.Ref]
      : collection;
  if (
    !Array.isArray(values) ||
    values.some(value => typeof value === 'object')
  ) {
    throw new TemplateError(
      `Template error: ${loop} needs a list of values, or a parameter that is one`,
    );
  }
  return values.map(String);
}

/**
 * Replaces every `Fn::ForEach` of a template by what it stands for.
 *
 * @param lists - Values of the parameters that are lists.
 * @throws TemplateError for loops that are not well formed, and keys that they make twice.
 * {@link https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html}
 */
export function expandLoops(value: unknown, lists: Bindings): unknown {
  if (Array.isArray(value)) {
    return value.map(item => expandLoops(item, lists));
  }
  if (!isObject(value)) {
    return value;
  }
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const made = key.startsWith(LOOP)
      ? expandLoop(key, item, lists)
      : { [key]: expandLoops(item, lists) };
    for (const [name, body] of Object.entries(made)) {
      if (Object.hasOwn(result, name)) {
        throw new TemplateError(
          `Template error: ${key} makes the key ${name} a second time`,
        );
      }
      result[name] = body;
    }
  }
  return result;
}

function expandLoop(
  loop: string,
  argument: unknown,
  lists: Bindings,
): Record<string, unknown> {
  const [name, collection, body] = Array.isArray(argument) ? argument : [];
  if (typeof name !== 'string' || !isObject(body)) {
    throw new TemplateError(
      `Template error: ${loop} needs an identifier, a collection and a template fragment`,
    );
  }
  const result: Record<string, unknown> = {};
  for (const bound of collectionOf(loop, collection, lists)) {
    const made = expandLoops(bind(body, name, bound), lists);
    for (const [key, item] of Object.entries(made as object)) {
      if (Object.hasOwn(result, key)) {
        throw new TemplateError(
          `Template error: ${loop} makes the key ${key} a second time`,
        );
      }
      result[key] = item;
    }
  }
  return result;
}
