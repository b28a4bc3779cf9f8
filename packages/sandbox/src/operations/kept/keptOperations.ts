import { AwsError } from '../AwsError';
import type {
  OperationContext,
  OperationHandler,
  ServiceOperations,
} from '../OperationHandler';
import type { KeptInput, KeptType } from './KeptType';
import { findKept, forget, keep, KeptKey } from './keptResource';
import { findKeptType, keptTypes } from './keptTypes';

function typeOf(input: KeptInput): KeptType {
  const keptType = findKeptType(input.resourceType);
  if (!keptType) {
    throw new Error(`The sandbox keeps no ${input.resourceType}`);
  }
  return keptType;
}

function keyOf(input: KeptInput, context: OperationContext): KeptKey {
  const { accountId, region } = context;
  const { resourceType: type, physicalId, properties } = input;
  const scope = typeOf(input).scope?.(properties);
  return { accountId, region, type, scope, physicalId };
}

function missing(keptType: KeptType, physicalId: string): AwsError {
  return new AwsError({
    code: keptType.missingCode ?? 'ResourceNotFoundException',
    statusCode: 404,
    message: `Resource of type '${keptType.type}' with identifier '${physicalId}' was not found.`,
  });
}

function taken(keptType: KeptType, physicalId: string): AwsError {
  return new AwsError({
    statusCode: 400,
    ...(keptType.taken?.(physicalId) ?? {
      // As CloudFormation says it for services that would overwrite.
      code: 'AlreadyExistsException',
      message: `Resource of type '${keptType.type}' with identifier '${physicalId}' already exists.`,
    }),
  });
}

const put: OperationHandler<KeptInput> = (input, context) => {
  const { estate, accountId, region } = context;
  const { physicalId, properties, attributes, tags, isChange = false } = input;
  const keptType = typeOf(input);
  const present = findKept(estate, keyOf(input, context));
  if (isChange && !present) {
    throw missing(keptType, physicalId);
  }
  if (!isChange && present) {
    throw taken(keptType, physicalId);
  }
  keptType.check?.({
    name: physicalId,
    properties,
    accountId,
    region,
    estate,
    time: new Date(context.now()).toISOString(),
  });
  keep(estate, {
    ...keyOf(input, context),
    arn: input.resourceArn ?? present?.arn,
    properties,
    attributes: { ...present?.attributes, ...attributes },
    tags,
  });
};

const remove: OperationHandler<KeptInput> = (input, context) => {
  if (!forget(context.estate, keyOf(input, context))) {
    throw missing(typeOf(input), input.physicalId);
  }
};

/**
 * The operations on kept resources, by signing name of their service. They are not reachable over the
 * wire: their input is {@link KeptInput} rather than AWS's.
 */
export function keptOperations(): Record<string, ServiceOperations> {
  const services: Record<string, ServiceOperations> = {};
  for (const keptType of keptTypes) {
    const operations = (services[keptType.service] ??= {});
    for (const name of [keptType.create, keptType.update]) {
      if (name) {
        operations[name] = put;
      }
    }
    // Some services have one operation for both, such as one that sets attributes.
    const isAlsoPut = [keptType.create, keptType.update].includes(
      keptType.delete,
    );
    operations[keptType.delete] = isAlsoPut
      ? (input: KeptInput, context) =>
          (input.isRemoval ? remove : put)(input, context)
      : remove;
  }
  return services;
}
