import type {
  ParameterConstraints,
  ProvisioningArtifactParameter,
} from '@aws-sdk/client-service-catalog';

/**
 * Compares the values with what the product takes, before anything is launched.
 *
 * @returns what is wrong, each sentence naming the parameter. Empty: nothing.
 */
export function checkParameters(options: {
  offered: ProvisioningArtifactParameter[];
  values: Record<string, string>;
}): string[] {
  const { offered, values } = options;
  const keys = offered.map(parameter => parameter.ParameterKey ?? '');
  const unknown = Object.keys(values)
    .filter(key => !keys.includes(key))
    .map(
      key =>
        `${key}: the product has no such parameter; it has ${keys.join(', ')}`,
    );
  const wrong = offered.flatMap(parameter => {
    const key = parameter.ParameterKey ?? '';
    const problem = checkValue({ parameter, value: values[key] });
    return problem ? [`${key}: ${problem}`] : [];
  });
  return [...unknown, ...wrong];
}

function checkValue(options: {
  parameter: ProvisioningArtifactParameter;
  value: string | undefined;
}): string | undefined {
  const { parameter, value } = options;
  if (value === undefined) {
    return parameter.DefaultValue === undefined
      ? 'a value is missing, and the product has no default'
      : undefined;
  }
  const constraints = parameter.ParameterConstraints ?? {};
  const type = parameter.ParameterType ?? 'String';
  const isList = type === 'CommaDelimitedList' || type.startsWith('List<');
  const elements = isList ? value.split(',').map(part => part.trim()) : [value];
  const isNumber = type === 'Number' || type === 'List<Number>';
  for (const element of elements) {
    const problem =
      checkAllowed(element, constraints) ??
      (isNumber
        ? checkNumber(element, constraints)
        : checkText(element, constraints));
    if (problem) {
      return problem;
    }
  }
  return undefined;
}

function checkAllowed(
  value: string,
  { AllowedValues: allowed }: ParameterConstraints,
): string | undefined {
  return allowed?.length && !allowed.includes(value)
    ? `'${value}' is not allowed; allowed are ${allowed.join(', ')}`
    : undefined;
}

function checkNumber(
  value: string,
  { MinValue: least, MaxValue: most }: ParameterConstraints,
): string | undefined {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) {
    return `'${value}' is not a number`;
  }
  if (least !== undefined && number < Number(least)) {
    return `${value} is less than ${least}`;
  }
  return most !== undefined && number > Number(most)
    ? `${value} is more than ${most}`
    : undefined;
}

function checkText(
  value: string,
  constraints: ParameterConstraints,
): string | undefined {
  const { MinLength: least, MaxLength: most } = constraints;
  if (least !== undefined && value.length < Number(least)) {
    return `'${value}' is shorter than ${least} characters`;
  }
  if (most !== undefined && value.length > Number(most)) {
    return `'${value}' is longer than ${most} characters`;
  }
  return matches(value, constraints.AllowedPattern)
    ? undefined
    : constraints.ConstraintDescription ??
        `'${value}' doesn't match ${constraints.AllowedPattern}`;
}

function matches(value: string, pattern: string | undefined): boolean {
  if (!pattern) {
    return true;
  }
  try {
    return new RegExp(`^(?:${pattern})$`).test(value);
  } catch {
    // CloudFormation's patterns are Java's; what JavaScript can't read is left to AWS to check.
    return true;
  }
}
