import { Member, resolve, ServiceModel } from './model';
import {
  formatValue,
  parseJsonValue,
  serializationError,
} from './simpleValues';

/** Reads a value out of parsed JSON by its shape. Members the shape does not have are left out. */
export function readJson(
  model: ServiceModel,
  [target]: Member,
  json: any,
): unknown {
  const shape = resolve(model, target);
  if (typeof shape === 'number') {
    return parseJsonValue(shape, json);
  }
  if (shape.list) {
    if (!Array.isArray(json)) {
      throw serializationError(`${JSON.stringify(json)} is not a list`);
    }
    return json
      .filter(item => item !== null)
      .map(item => readJson(model, shape.list!, item));
  }
  if (typeof json !== 'object' || Array.isArray(json)) {
    throw serializationError(`${JSON.stringify(json)} is not an object`);
  }
  const result: Record<string, unknown> = {};
  if (shape.map) {
    for (const [key, item] of Object.entries(json)) {
      if (item !== null) {
        result[key] = readJson(model, shape.map[1], item);
      }
    }
    return result;
  }
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const item = json[member[1]?.jsonName ?? name];
    if (item !== undefined && item !== null) {
      result[name] = readJson(model, member, item);
    }
  }
  return result;
}

/** Makes a value ready for `JSON.stringify` by its shape. Members the shape does not have are left out. */
export function writeJson(
  model: ServiceModel,
  [target]: Member,
  value: any,
): unknown {
  const shape = resolve(model, target);
  if (typeof shape === 'number') {
    return formatValue(shape, value, 'json');
  }
  if (shape.list) {
    return [...value].map(item => writeJson(model, shape.list!, item));
  }
  const result: Record<string, unknown> = {};
  if (shape.map) {
    for (const [key, item] of Object.entries(value)) {
      result[key] = writeJson(model, shape.map[1], item);
    }
    return result;
  }
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    if (value[name] !== undefined) {
      result[member[1]?.jsonName ?? name] = writeJson(
        model,
        member,
        value[name],
      );
    }
  }
  return result;
}
