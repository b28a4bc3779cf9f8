import { partitionOf } from '../aws/partitionOf';

/** ARN of a target group that is named by ARN or by id. */
export function targetGroupArn(
  options: { accountId: string; region: string },
  identifier: string,
): string {
  const { accountId, region } = options;
  return identifier.startsWith('arn:')
    ? identifier
    : `arn:${partitionOf(
        region,
      )}:vpc-lattice:${region}:${accountId}:targetgroup/${identifier}`;
}
