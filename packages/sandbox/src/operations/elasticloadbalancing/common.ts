import { randomBytes } from 'node:crypto';
import { AwsError } from '../AwsError';
import type { OperationContext } from '../OperationHandler';
import { paginate } from '../paginate';

export function elbArn(context: OperationContext, resource: string): string {
  return `arn:aws:elasticloadbalancing:${context.region}:${context.accountId}:${resource}`;
}

/** 16 hex digits, as at the end of ARNs. */
export function elbId(): string {
  return randomBytes(8).toString('hex');
}

export function elbError(code: string, message: string): AwsError {
  return new AwsError({ code, message, statusCode: 400 });
}

export function elbPage<T>(
  input: { PageSize?: number; Marker?: string },
  items: T[],
  key: (item: T) => string,
) {
  const page = paginate({
    items,
    key,
    maxResults: input.PageSize,
    nextToken: input.Marker,
    defaultSize: 400,
    invalidToken: () => elbError('ValidationError', 'Invalid marker'),
  });
  return { items: page.items, NextMarker: page.nextToken };
}

export function isOwn({ accountId, region }: OperationContext) {
  return (resource: { accountId: string; region: string }) =>
    resource.accountId === accountId && resource.region === region;
}

/** Attributes as the API takes and gives them. */
export function attributeList(attributes: Record<string, string>) {
  return Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }));
}

export function attributesFrom(
  list: { Key?: string; Value?: string }[] = [],
): Record<string, string> {
  return Object.fromEntries(
    list.map(({ Key = '', Value = '' }) => [Key, Value]),
  );
}

/** Names of load balancers and target groups. @throws AwsError */
export function checkName(kind: string, name: string): void {
  if (!/^(?!-)(?!.*-$)[A-Za-z0-9-]{1,32}$/.test(name)) {
    throw elbError(
      'ValidationError',
      `The ${kind} name '${name}' must have at most 32 characters out of letters, digits and hyphens, and not begin or end with a hyphen`,
    );
  }
}
