import type { Owned } from '../../estate/resources';
import { AwsError } from '../AwsError';
import type { OperationContext, ServiceOperations } from '../OperationHandler';
import { paginate } from '../paginate';
import { invalidParameter, resourceNotFound } from './common';

/** A policy that lets AWS services write to log groups. Keyed by account, Region and name. */
interface LogResourcePolicy extends Owned {
  policyName: string;
  /** JSON text. */
  policyDocument: string;
  /** Milliseconds since the epoch. */
  lastUpdatedTime: number;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html */
const POLICIES_PER_REGION = 10;
const MAXIMUM_LENGTH = 5120;

/** Resource policies of CloudWatch Logs are kept; deliveries of access logs don't ask them. */
export const resourcePolicyOperations: ServiceOperations = {
  PutResourcePolicy({ policyName, policyDocument }, context) {
    const { accountId, region } = context;
    if (!isJson(policyDocument) || policyDocument.length > MAXIMUM_LENGTH) {
      throw invalidParameter('Invalid Policy Document');
    }
    const others = own(context).filter(
      policy => policy.policyName !== policyName,
    );
    if (others.length >= POLICIES_PER_REGION) {
      throw new AwsError({
        code: 'LimitExceededException',
        message: 'Resource limit exceeded.',
      });
    }
    const resourcePolicy = policies(context).put(keyOf(context, policyName), {
      accountId,
      region,
      policyName,
      policyDocument,
      lastUpdatedTime: context.now(),
    });
    return { resourcePolicy };
  },

  DescribeResourcePolicies({ limit, nextToken }, context) {
    const page = paginate({
      items: own(context),
      key: ({ policyName }) => policyName,
      maxResults: limit,
      nextToken,
      defaultSize: 50,
      invalidToken: () =>
        invalidParameter('The specified nextToken is invalid.'),
    });
    return { resourcePolicies: page.items, nextToken: page.nextToken };
  },

  DeleteResourcePolicy({ policyName }, context) {
    if (!policies(context).delete(keyOf(context, policyName))) {
      throw resourceNotFound(
        `Policy with name [${policyName}] does not exist.`,
      );
    }
  },
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function policies({ estate }: OperationContext) {
  return estate.collection<LogResourcePolicy>('logResourcePolicies');
}

function keyOf(
  { accountId, region }: OperationContext,
  policyName: string,
): string {
  return `${accountId}/${region}/${policyName}`;
}

function own(context: OperationContext): LogResourcePolicy[] {
  return policies(context).filter(
    ({ accountId, region }) =>
      accountId === context.accountId && region === context.region,
  );
}
