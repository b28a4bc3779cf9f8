import type { CelInput } from '@bufbuild/cel';
import type { StructuralSchema } from './CustomResource';

/** Words that CEL keeps for itself. */
const RESERVED = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

/**
 * A value as the rules of its schema see it: whole numbers as CEL's int, and names of properties that
 * CEL can't write in their escaped form (`namespace` is `__namespace__`).
 *
 * @remarks
 * https://kubernetes.io/docs/reference/using-api/cel/#escaping
 */
export function celValue(value: unknown, schema: StructuralSchema): CelInput {
  if (Array.isArray(value)) {
    return value.map(item => celValue(item, schema.items ?? {}));
  }
  if (typeof value === 'object' && value !== null) {
    const { properties, additionalProperties } = schema;
    const ofOthers =
      typeof additionalProperties === 'object' ? additionalProperties : {};
    return new Map(
      Object.entries(value).map(([name, item]) => [
        properties ? escapeName(name) : name,
        celValue(item, properties?.[name] ?? ofOthers),
      ]),
    );
  }
  return schema.type === 'integer' && typeof value === 'number'
    ? BigInt(value)
    : (value as CelInput);
}

function escapeName(name: string): string {
  return RESERVED.has(name)
    ? `__${name}__`
    : name
        .replaceAll('__', '__underscores__')
        .replaceAll('.', '__dot__')
        .replaceAll('-', '__dash__')
        .replaceAll('/', '__slash__');
}
