import { ParameterDefinition } from './Template';
import { TemplateError } from './TemplateError';

/** A parameter's value as `Ref` gives it. */
export type ParameterValue = string | string[];

const SSM_VALUE = /^AWS::SSM::Parameter::Value<(.*)>$/;

/** The type of the value: what stands in the brackets for one of Systems Manager. */
function valueType(type: string): string {
  return SSM_VALUE.exec(type)?.[1] ?? type;
}

/** Whether a parameter of that type stands for the value of a Systems Manager parameter. */
export function isSsmType(type: string): boolean {
  return SSM_VALUE.test(type);
}

/** Whether values of that type are lists. */
export function isListType(type: string): boolean {
  const value = valueType(type);
  return value === 'CommaDelimitedList' || value.startsWith('List<');
}

/** The values of a list that is given as one text. */
export function splitList(text: string): string[] {
  return text
    .split(',')
    .map(value => value.trim())
    .filter(value => value !== '');
}

function isSupportedType(type: string): boolean {
  return (
    [
      'String',
      'Number',
      'List<Number>',
      'List<String>',
      'CommaDelimitedList',
      'AWS::SSM::Parameter::Name',
    ].includes(valueType(type)) ||
    /^(List<)?AWS::(EC2|Route53)::[A-Za-z:]+>?$/.test(valueType(type))
  );
}

function problemOf(
  definition: ParameterDefinition,
  value: string,
): string | undefined {
  const { AllowedValues, AllowedPattern } = definition;
  if (AllowedValues && !AllowedValues.includes(value)) {
    return `must be one of AllowedValues`;
  }
  if (AllowedPattern && !new RegExp(`^(?:${AllowedPattern})$`).test(value)) {
    return `must match pattern ${AllowedPattern}`;
  }
  const { MinLength, MaxLength } = definition;
  if (MinLength !== undefined && value.length < MinLength) {
    return `must contain at least ${MinLength} characters`;
  }
  if (MaxLength !== undefined && value.length > MaxLength) {
    return `must contain at most ${MaxLength} characters`;
  }
  if (/Number/.test(definition.Type)) {
    const number = Number(value);
    if (value.trim() === '' || Number.isNaN(number)) {
      return 'must be a number';
    }
    if (definition.MinValue !== undefined && number < definition.MinValue) {
      return `must be a number not less than ${definition.MinValue}`;
    }
    if (definition.MaxValue !== undefined && number > definition.MaxValue) {
      return `must be a number not greater than ${definition.MaxValue}`;
    }
  }
  return undefined;
}

function resolveOne(
  name: string,
  definition: ParameterDefinition,
  text: string,
): ParameterValue {
  if (!isSupportedType(definition.Type)) {
    throw new TemplateError(
      `Template format error: parameter ${name} has the type ${definition.Type}, which is not supported`,
    );
  }
  const list = isListType(definition.Type);
  const values = list ? splitList(text) : [text];
  // An empty list is still held against the constraints, as the empty string it was given as.
  for (const value of values.length > 0 ? values : ['']) {
    const problem = problemOf(definition, value);
    if (problem) {
      throw new TemplateError(
        definition.ConstraintDescription
          ? `Parameter '${name}' failed to satisfy constraint: ${definition.ConstraintDescription}`
          : `Parameter '${name}' ${problem}`,
      );
    }
  }
  return list ? values : text;
}

/**
 * The value of each declared parameter, from what was given or its default.
 *
 * @throws TemplateError for values that are missing, not declared, or against a constraint.
 * @public
 */
export function resolveParameters(options: {
  definitions: Record<string, ParameterDefinition>;
  given: Record<string, string>;
  /** Values that parameters of Systems Manager types stand for. */
  resolved?: Record<string, string>;
}): Record<string, ParameterValue> {
  const { definitions, given, resolved = {} } = options;
  const undeclared = Object.keys(given).filter(
    name => !Object.hasOwn(definitions, name),
  );
  if (undeclared.length > 0) {
    throw new TemplateError(
      `Parameters: [${undeclared.join(', ')}] do not exist in the template`,
    );
  }
  const missing = Object.keys(definitions).filter(
    name =>
      given[name] === undefined && definitions[name].Default === undefined,
  );
  if (missing.length > 0) {
    throw new TemplateError(
      `Parameters: [${missing.join(', ')}] must have values`,
    );
  }
  return Object.fromEntries(
    Object.entries(definitions).map(([name, definition]) => [
      name,
      isSsmType(definition.Type)
        ? resolveOne(
            name,
            { Type: definition.Type },
            resolved[name] ?? given[name] ?? definition.Default!,
          )
        : resolveOne(name, definition, given[name] ?? definition.Default!),
    ]),
  );
}
