import { celValue } from './celValue';
import type { StructuralSchema } from './CustomResource';
import type { ManifestProblem } from './ManifestProblem';
import { ruleProgram } from './ruleProgram';

/** Holds a value against the rules of its schema and of all schemas below it. */
export function checkRules(
  value: unknown,
  schema: StructuralSchema,
  path: string,
): ManifestProblem[] {
  if (value === undefined) {
    return [];
  }
  return [
    ...ownRules(value, schema, path),
    ...duplicates(value, schema, path),
    ...below(value, schema).flatMap(([step, item, itemSchema]) =>
      checkRules(item, itemSchema, `${path}${step}`),
    ),
  ];
}

function ownRules(
  value: unknown,
  schema: StructuralSchema,
  path: string,
): ManifestProblem[] {
  const rules = schema['x-kubernetes-validations'] ?? [];
  const self = rules.length > 0 ? celValue(value, schema) : undefined;
  return rules.flatMap(({ rule, message }) => {
    try {
      return ruleProgram(rule)(self!)
        ? []
        : [{ path, message: message ?? `must obey ${rule}` }];
    } catch (error) {
      // As the API server does: what can't be decided is refused.
      return [
        { path, message: error instanceof Error ? error.message : `${error}` },
      ];
    }
  });
}

/** Lists that are sets or maps have each item, or each key, once. */
function duplicates(
  value: unknown,
  schema: StructuralSchema,
  path: string,
): ManifestProblem[] {
  const keys = schema['x-kubernetes-list-map-keys'];
  const type = schema['x-kubernetes-list-type'];
  if (!Array.isArray(value) || (type !== 'set' && type !== 'map')) {
    return [];
  }
  const seen = new Set<string>();
  return value.flatMap((item, index) => {
    const identity = JSON.stringify(keys ? keys.map(key => item[key]) : item);
    const isNew = !seen.has(identity);
    seen.add(identity);
    return isNew
      ? []
      : [
          {
            path: `${path}[${index}]`,
            message: `is there already: ${identity}`,
          },
        ];
  });
}

/** What lies directly below a value: the step to it, the value and its schema. */
function below(
  value: unknown,
  schema: StructuralSchema,
): [string, unknown, StructuralSchema][] {
  const { items, properties, additionalProperties } = schema;
  if (Array.isArray(value)) {
    return items ? value.map((item, index) => [`[${index}]`, item, items]) : [];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const ofOthers =
    typeof additionalProperties === 'object' ? additionalProperties : undefined;
  return Object.entries(value).flatMap(([name, item]) => {
    const own = properties?.[name] ?? ofOthers;
    return own ? [[`.${name}`, item, own] as const] : [];
  }) as [string, unknown, StructuralSchema][];
}
