/**
 * The parts of an Amazon resource name.
 *
 * @public
 */
export interface ArnParts {
  partition: string;
  service: string;
  region: string;
  accountId: string;
  /** Everything after the account, such as `service/svc-0123456789abcdef0`. */
  resource: string;
}

/**
 * Takes an ARN apart. Absent: it is none.
 *
 * @remarks
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 *
 * @public
 */
export function parseArn(arn: string): ArnParts | undefined {
  const [prefix, partition, service, region, accountId, ...resource] =
    arn.split(':');
  if (prefix !== 'arn' || resource.length === 0) {
    return undefined;
  }
  return {
    partition,
    service,
    region,
    accountId,
    resource: resource.join(':'),
  };
}
