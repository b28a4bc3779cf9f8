import { PropertyType, ResourceType, ValueType } from './resourceTypes';

interface Checked {
  /** The value, with texts turned into the numbers and booleans the type asks for. */
  value: unknown;
  problems: string[];
}

function wrong(path: string, expected: string, value: unknown): Checked {
  const found = Array.isArray(value) ? 'JSONArray' : typeof value;
  return {
    value,
    problems: [`${path}: expected type: ${expected}, found: ${found}`],
  };
}

function checkScalar(type: ValueType, value: unknown, path: string): Checked {
  if (type.is === 'json') {
    return { value, problems: [] };
  }
  if (typeof value === 'object') {
    return wrong(path, type.is!, value);
  }
  if (type.is === 'string') {
    const text = String(value);
    return {
      value: text,
      problems:
        type.oneOf && !type.oneOf.includes(text)
          ? [
              `${path}: ${text} is not a valid enum value, expected one of [${type.oneOf.join(
                ', ',
              )}]`,
            ]
          : [],
    };
  }
  if (type.is === 'boolean') {
    return String(value) === 'true' || String(value) === 'false'
      ? { value: String(value) === 'true', problems: [] }
      : wrong(path, 'Boolean', value);
  }
  const number = Number(value);
  const valid =
    String(value).trim() !== '' &&
    (type.is === 'integer' ? Number.isInteger(number) : !Number.isNaN(number));
  return valid
    ? { value: number, problems: [] }
    : wrong(path, type.is === 'integer' ? 'Integer' : 'Number', value);
}

function checkObject(
  properties: Record<string, PropertyType>,
  value: unknown,
  path: string,
  resourceType: ResourceType,
): Checked {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return wrong(path, 'JSONObject', value);
  }
  const problems: string[] = [];
  const result: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(properties, name)) {
      problems.push(`${path}: extraneous key [${name}] is not permitted`);
    }
  }
  for (const [name, property] of Object.entries(properties)) {
    const item = (value as Record<string, unknown>)[name];
    if (item === undefined) {
      if (property.required) {
        problems.push(`${path}: required key [${name}] not found`);
      }
      continue;
    }
    const checked = checkValue(property, item, `${path}/${name}`, resourceType);
    result[name] = checked.value;
    problems.push(...checked.problems);
  }
  return { value: result, problems };
}

function combine<T>(checks: [T, Checked][]): {
  entries: [T, unknown][];
  problems: string[];
} {
  return {
    entries: checks.map(([key, { value }]) => [key, value]),
    problems: checks.flatMap(([, { problems }]) => problems),
  };
}

function checkValue(
  type: ValueType,
  value: unknown,
  path: string,
  resourceType: ResourceType,
): Checked {
  if (type.any) {
    const outcomes = type.any.map(member =>
      checkValue(member, value, path, resourceType),
    );
    return (
      outcomes.find(({ problems }) => problems.length === 0) ?? outcomes[0]
    );
  }
  if (type.list) {
    if (!Array.isArray(value)) {
      return wrong(path, 'JSONArray', value);
    }
    const { entries, problems } = combine(
      value.map((item, index) => [
        index,
        checkValue(type.list!, item, `${path}/${index}`, resourceType),
      ]),
    );
    return { value: entries.map(([, item]) => item), problems };
  }
  if (type.map) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return wrong(path, 'JSONObject', value);
    }
    const { entries, problems } = combine(
      Object.entries(value).map(([key, item]) => [
        key,
        checkValue(type.map!, item, `${path}/${key}`, resourceType),
      ]),
    );
    return { value: Object.fromEntries(entries), problems };
  }
  if (type.ref) {
    const properties = resourceType.types[type.ref];
    // A type that the specification does not describe can't be checked.
    return properties
      ? checkObject(properties, value, path, resourceType)
      : { value, problems: [] };
  }
  return checkScalar(type, value, path);
}

/**
 * Holds a resource's properties, functions already evaluated, against its type: unknown and
 * missing properties, enumerations and types of values. Texts that stand for numbers or booleans
 * are converted, as CloudFormation does.
 */
export function checkProperties(
  resourceType: ResourceType,
  properties: Record<string, unknown>,
): { properties: Record<string, any>; problems: string[] } {
  const { value, problems } = checkObject(
    resourceType.properties,
    properties,
    '#',
    resourceType,
  );
  return { properties: value as Record<string, any>, problems };
}
