import { pseudoParameters } from '@lattice-portal/sandbox';
import type {
  PropertyType,
  ResourceType,
  ValueType,
} from '@lattice-portal/sandbox';
import { branchesOf, functionOf, isNoValue, isRecord } from './templateValues';
import type { FunctionCall, Path } from './templateValues';

/** A finding before it has a line. */
export type Finding = [path: Path, message: string];

type Parameters = Record<string, { Type?: string; AllowedValues?: unknown[] }>;

/** What a function gives, as far as the template alone tells. */
type Shape = 'text' | 'list' | 'unknown';

const SHAPES: Record<string, Shape> = {
  'Fn::Base64': 'text',
  'Fn::Cidr': 'list',
  'Fn::GetAZs': 'list',
  'Fn::Join': 'text',
  'Fn::Length': 'text',
  'Fn::Split': 'list',
  'Fn::Sub': 'text',
  'Fn::ToJsonString': 'text',
};

/** Pseudo parameters whose value is a list. */
const LISTS = Object.entries(
  pseudoParameters({ id: '', name: '', accountId: '', region: '' }),
).flatMap(([name, value]) => (Array.isArray(value) ? [name] : []));

/** Whether a parameter's value is a list. */
export function isListParameter(type: string | undefined): boolean {
  return /CommaDelimitedList|List</.test(type ?? '');
}

function shapeOf({ name, argument }: FunctionCall, parameters: Parameters) {
  if (name !== 'Ref') {
    return SHAPES[name] ?? 'unknown';
  }
  const key = String(argument);
  return isListParameter(parameters[key]?.Type) || LISTS.includes(key)
    ? 'list'
    : 'text';
}

function accepts(type: ValueType, shape: Shape): boolean {
  if (shape === 'unknown' || type.is === 'json') {
    return true;
  }
  if (type.any) {
    return type.any.some(member => accepts(member, shape));
  }
  return shape === 'list' ? Boolean(type.list) : Boolean(type.is);
}

function nameOf(type: ValueType): string {
  if (type.any) {
    return type.any.map(nameOf).join(' or ');
  }
  if (type.list) {
    return 'a list';
  }
  if (type.map || type.ref) {
    return 'an object';
  }
  return type.is === 'integer' ? 'an integer' : `a ${type.is}`;
}

/**
 * Holds a property's value against its type. Functions are taken for what they give: every branch of
 * `Fn::If`, texts, lists; what only AWS knows (attributes, imports) fits everything.
 */
export function checkPropertyValue(options: {
  resourceType: ResourceType;
  parameters: Parameters;
  type: ValueType;
  value: unknown;
  path: Path;
}): Finding[] {
  const { resourceType, parameters, type, value, path } = options;
  const check = (inner: ValueType, item: unknown, at: Path) =>
    checkPropertyValue({ ...options, type: inner, value: item, path: at });

  const call = functionOf(value);
  if (call?.name === 'Fn::If' && Array.isArray(call.argument)) {
    return call.argument
      .slice(1)
      .flatMap((branch, index) =>
        check(type, branch, [...path, 'Fn::If', index + 1]),
      );
  }
  if (isNoValue(value)) {
    return [];
  }
  if (call) {
    const shape = shapeOf(call, parameters);
    if (!accepts(type, shape)) {
      return [[path, `has to be ${nameOf(type)}; ${call.name} gives ${shape}`]];
    }
    const allowed =
      call.name === 'Ref' && parameters[String(call.argument)]?.AllowedValues;
    return (allowed || []).flatMap(item => check(type, item, path));
  }
  if (type.any) {
    const outcomes = type.any.map(member => check(member, value, path));
    return outcomes.find(({ length }) => length === 0) ?? outcomes[0];
  }
  if (type.list) {
    return Array.isArray(value)
      ? value.flatMap((item, index) =>
          check(type.list!, item, [...path, index]),
        )
      : [[path, 'has to be a list']];
  }
  if (type.map) {
    return isRecord(value)
      ? Object.entries(value).flatMap(([key, item]) =>
          check(type.map!, item, [...path, key]),
        )
      : [[path, 'has to be an object']];
  }
  if (type.ref) {
    const properties = resourceType.types[type.ref];
    return properties
      ? checkProperties({ ...options, properties, value, path })
      : [];
  }
  return checkScalar(type, value).map(message => [path, message]);
}

function checkScalar(type: ValueType, value: unknown): string[] {
  if (type.is === 'json') {
    return [];
  }
  const text = String(value);
  const fits =
    typeof value !== 'object' &&
    (type.is === 'string' ||
      (type.is === 'boolean' && /^(true|false)$/.test(text)) ||
      (type.is === 'number' && text.trim() !== '' && !isNaN(Number(text))) ||
      (type.is === 'integer' && /^-?\d+$/.test(text)));
  if (!fits) {
    return [`has to be ${nameOf(type)}`];
  }
  return type.oneOf && !type.oneOf.includes(text)
    ? [`can't be ${text}, only ${type.oneOf.join(', ')}`]
    : [];
}

/** Holds an object's properties against those that its type has. */
export function checkProperties(options: {
  resourceType: ResourceType;
  parameters: Parameters;
  properties: Record<string, PropertyType>;
  value: unknown;
  path: Path;
}): Finding[] {
  const { properties, value, path } = options;
  if (!isRecord(value)) {
    return [[path, 'has to be an object']];
  }
  const missing = Object.entries(properties)
    .filter(
      ([name, { required }]) =>
        required &&
        (value[name] === undefined || branchesOf(value[name]).some(isNoValue)),
    )
    .map(
      ([name]): Finding =>
        value[name] === undefined
          ? [path, `needs ${name}`]
          : [[...path, name], 'is needed in every case'],
    );
  return [
    ...missing,
    ...Object.entries(value).flatMap(([name, item]): Finding[] => {
      const at = [...path, name];
      return Object.hasOwn(properties, name)
        ? checkPropertyValue({
            ...options,
            type: properties[name],
            value: item,
            path: at,
          })
        : [[at, 'is no property']];
    }),
  ];
}
