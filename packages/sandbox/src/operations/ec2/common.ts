import type { Tags } from '../../estate/resources';
import { AwsError } from '../AwsError';
import type { OperationContext } from '../OperationHandler';
import { paginate } from '../paginate';

/** An EC2 error: EC2's model has none, so that all of them answer 400. */
export function ec2Error(code: string, message: string): AwsError {
  return new AwsError({ code, statusCode: 400, message });
}

export function isOwn({ accountId, region }: OperationContext) {
  return (resource: { accountId: string; region: string }) =>
    resource.accountId === accountId && resource.region === region;
}

export function ec2Page<T>(
  input: { MaxResults?: number; NextToken?: string },
  items: T[],
  key: (item: T) => string,
) {
  const { items: page, nextToken } = paginate({
    items,
    key,
    maxResults: input.MaxResults,
    nextToken: input.NextToken,
    defaultSize: 1000,
    invalidToken: () =>
      ec2Error('InvalidPaginationToken', 'The NextToken is not valid'),
  });
  return { items: page, NextToken: nextToken };
}

/**
 * Keeps what all filters of a Describe call accept. A filter's values are alternatives; `*` stands for
 * any characters.
 *
 * @param values - gives what a resource has for a filter's name; undefined: there is no such filter.
 * @throws AwsError InvalidParameterValue
 */
export function applyFilters<T extends { tags?: Tags }>(
  filters: { Name?: string; Values?: string[] }[] = [],
  items: T[],
  values: (item: T, name: string) => string[] | undefined,
): T[] {
  return items.filter(item =>
    filters.every(({ Name = '', Values = [] }) => {
      const tag = Name.startsWith('tag:') && item.tags?.[Name.slice(4)];
      const found = Name.startsWith('tag:')
        ? [tag || []].flat()
        : values(item, Name);
      if (!found) {
        throw ec2Error(
          'InvalidParameterValue',
          `The filter '${Name}' is invalid`,
        );
      }
      return Values.some(wanted => found.some(value => matches(wanted, value)));
    }),
  );
}

function matches(pattern: string, value: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(value);
}
