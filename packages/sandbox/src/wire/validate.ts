import { AwsError } from '../operations/AwsError';
import { Member, resolve, ServiceModel } from './model';

/**
 * Refuses an input that lacks members its shape requires, with the error its service answers.
 *
 * @throws AwsError
 */
export function validateInput(
  service: string,
  model: ServiceModel,
  shape: string,
  input: unknown,
): void {
  const missing: string[] = [];
  collect(model, [shape], input, '', missing);
  if (missing.length) {
    throw missingError(service, missing);
  }
}

function collect(
  model: ServiceModel,
  [target]: Member,
  value: any,
  path: string,
  missing: string[],
): void {
  const shape = resolve(model, target);
  if (typeof shape === 'number') {
    return;
  }
  if (shape.list) {
    [...value].forEach((item, index) =>
      collect(model, shape.list!, item, `${path}[${index}]`, missing),
    );
  } else if (shape.map) {
    for (const [key, item] of Object.entries(value)) {
      collect(model, shape.map[1], item, `${path}.${key}`, missing);
    }
  } else {
    for (const [name, member] of Object.entries(shape.members ?? {})) {
      const memberPath = path ? `${path}.${name}` : name;
      if (value[name] !== undefined) {
        collect(model, member, value[name], memberPath, missing);
      } else if (shape.required?.includes(name)) {
        missing.push(memberPath);
      }
    }
  }
}

function missingError(service: string, missing: string[]): AwsError {
  const details = missing.map(
    name =>
      `Value null at '${name}' failed to satisfy constraint: Member must not be null`,
  );
  const message = `${missing.length} validation error${
    missing.length > 1 ? 's' : ''
  } detected: ${details.join('; ')}`;
  switch (service) {
    case 'vpc-lattice':
      return new AwsError({
        code: 'ValidationException',
        message,
        members: {
          reason: 'fieldValidationFailed',
          fieldList: missing.map(name => ({
            name,
            message: 'Member must not be null',
          })),
        },
      });
    case 'logs':
    case 'ram':
      return new AwsError({ code: 'InvalidParameterException', message });
    case 'servicecatalog':
      return new AwsError({ code: 'InvalidParametersException', message });
    case 'organizations':
      return new AwsError({ code: 'InvalidInputException', message });
    case 'ec2':
      return new AwsError({
        code: 'MissingParameter',
        message: `The request must contain the parameter ${missing[0]}`,
      });
    case 'sts':
    case 'iam':
    case 'cloudformation':
      return new AwsError({ code: 'ValidationError', message });
    default:
      return new AwsError({ code: 'ValidationException', message });
  }
}
