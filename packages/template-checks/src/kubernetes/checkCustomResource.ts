import Ajv, { ErrorObject, ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { checkRules } from './checkRules';
import { CustomResource, knownCustomResources } from './CustomResource';
import type { ManifestProblem } from './ManifestProblem';
import { toJsonSchema } from './toJsonSchema';

// Defaults are filled in before the rules are run, as the API server does.
const ajv = new Ajv({ allErrors: true, useDefaults: true, strict: false });
addFormats(ajv);

const validators = new Map<CustomResource, ValidateFunction>();

/**
 * Holds a manifest against the schema of its kind, the CEL rules in it included.
 *
 * @returns what an API server would refuse; `undefined` for a kind that isn't known here.
 */
export function checkCustomResource(
  manifest: Record<string, unknown>,
): ManifestProblem[] | undefined {
  const known = knownCustomResources().find(
    ({ apiVersion, kind }) =>
      apiVersion === manifest.apiVersion && kind === manifest.kind,
  );
  if (!known) {
    return undefined;
  }
  const validate =
    validators.get(known) ?? ajv.compile(toJsonSchema(known.schema));
  validators.set(known, validate);
  const copy = structuredClone(manifest);
  if (!validate(copy)) {
    return (validate.errors ?? []).map(toProblem);
  }
  return checkRules(copy, known.schema, '');
}

function toProblem(error: ErrorObject): ManifestProblem {
  const path = error.instancePath
    .replace(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replaceAll('/', '.');
  const { additionalProperty } = error.params;
  return additionalProperty
    ? { path: `${path}.${additionalProperty}`, message: 'is no field' }
    : { path, message: error.message ?? error.keyword };
}
