import type { OperationContext } from '../OperationHandler';
import { paginate } from '../paginate';
import { invalid } from './errors';

/** Owner and times of a resource made now. */
export function madeNow(context: OperationContext) {
  const time = new Date(context.now()).toISOString();
  return {
    accountId: context.accountId,
    region: context.region,
    createdAt: time,
    lastUpdatedAt: time,
  };
}

/** For updates. */
export function updatedNow(context: OperationContext) {
  return { lastUpdatedAt: new Date(context.now()).toISOString() };
}

/** ARN of a resource of the caller. */
export function latticeArn(context: OperationContext, resource: string) {
  return `arn:aws:vpc-lattice:${context.region}:${context.accountId}:${resource}`;
}

/** A page of resources, with `summarize` applied to its items alone. */
export function page<T extends { arn: string }>(
  input: { maxResults?: number; nextToken?: string },
  items: T[],
  summarize: (item: T) => unknown,
) {
  const { maxResults, nextToken } = input;
  if (
    maxResults !== undefined &&
    !(Number.isInteger(maxResults) && maxResults >= 1 && maxResults <= 100)
  ) {
    throw invalid('maxResults', 'maxResults must be between 1 and 100');
  }
  const result = paginate({
    items,
    key: item => item.arn,
    maxResults,
    nextToken,
    defaultSize: 100,
    invalidToken: () => invalid('nextToken', 'The nextToken is not valid'),
  });
  return {
    items: result.items.map(summarize),
    nextToken: result.nextToken,
  };
}

const NAME = /^(?!-)(?!.*-$)(?!.*--)[a-z0-9-]+$/;

/** Throws ValidationException unless the name is one the API takes. */
export function checkName(
  name: string,
  options: { minimum: number; maximum: number; reservedPrefix: string },
): void {
  const { minimum, maximum, reservedPrefix } = options;
  if (
    name.length < minimum ||
    name.length > maximum ||
    !NAME.test(name) ||
    name.startsWith(reservedPrefix)
  ) {
    throw invalid(
      'name',
      `The name must have ${minimum}-${maximum} characters out of a-z, 0-9 and hyphens, must not start or end with a hyphen, have two in a row, or start with ${reservedPrefix}`,
    );
  }
}

/** Throws ValidationException unless the value is one of those. */
export function checkOneOf(
  field: string,
  value: string | undefined,
  allowed: readonly string[],
): void {
  if (value !== undefined && !allowed.includes(value)) {
    throw invalid(field, `${field} must be one of ${allowed.join(', ')}`);
  }
}

export const AUTH_TYPES = ['NONE', 'AWS_IAM'] as const;
