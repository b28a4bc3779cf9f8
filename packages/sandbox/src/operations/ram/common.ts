import type { ResourceShare } from '../../estate/resources';
import { AwsError } from '../AwsError';
import type { OperationContext } from '../OperationHandler';
import { paginate } from '../paginate';
import { principalCovers } from '../sharing';

export function invalidParameter(message: string): AwsError {
  return new AwsError({ code: 'InvalidParameterException', message });
}

/** @throws AwsError UnknownResourceException */
export function findOwnShare(
  context: OperationContext,
  arn: string,
): ResourceShare {
  const share = context.estate.resourceShares.get(arn);
  if (!share || share.accountId !== context.accountId) {
    throw new AwsError({
      code: 'UnknownResourceException',
      message: `ResourceShare ${arn} could not be found.`,
    });
  }
  return share;
}

/** Shares the caller owns (`SELF`), or that give it something (`OTHER-ACCOUNTS`). */
export function sharesOf(
  context: OperationContext,
  resourceOwner: string,
): ResourceShare[] {
  const { estate, accountId, region } = context;
  if (!['SELF', 'OTHER-ACCOUNTS'].includes(resourceOwner)) {
    throw invalidParameter('resourceOwner must be SELF or OTHER-ACCOUNTS');
  }
  return estate.resourceShares.filter(share => {
    if (share.region !== region) {
      return false;
    }
    return resourceOwner === 'SELF'
      ? share.accountId === accountId
      : share.accountId !== accountId &&
          share.status === 'ACTIVE' &&
          share.principals.some(principal =>
            principalCovers(estate, principal, accountId),
          );
  });
}

export function ramPage<T>(
  input: { maxResults?: number; nextToken?: string },
  items: T[],
  key: (item: T) => string,
) {
  return paginate({
    items,
    key,
    maxResults: input.maxResults,
    nextToken: input.nextToken,
    defaultSize: 100,
    invalidToken: () =>
      new AwsError({
        code: 'InvalidNextTokenException',
        message: 'The specified value for nextToken is not valid.',
      }),
  });
}

/** Whether a principal of a share stands outside the organization. */
export function isExternal(
  { estate }: OperationContext,
  principal: string,
): boolean {
  return /^\d{12}$/.test(principal) && !estate.accounts.has(principal);
}
