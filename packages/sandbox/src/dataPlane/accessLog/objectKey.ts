import type { AccessLogSubscription } from '../../estate/resources';

/**
 * Bucket and key of an access log object.
 *
 * @remarks
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-access-logs.html#monitoring-access-logs-destinations
 */
export function objectKey(options: {
  /** A subscription whose destination is `arn:aws:s3:::bucket`, with or without `/prefix`. */
  subscription: AccessLogSubscription;
  /** Milliseconds since the epoch. */
  minute: number;
  hash: string;
}): { bucket: string; key: string } {
  const { subscription, minute, hash } = options;
  const { accountId, region, resourceId, destinationArn } = subscription;
  const [bucket, ...prefix] = destinationArn
    .replace('arn:aws:s3:::', '')
    .split('/')
    .filter(part => part !== '' && part !== '*');
  const iso = new Date(minute).toISOString();
  const stamp = `${iso.slice(0, 16).replace(/[-:]/g, '')}Z`;
  return {
    bucket,
    key: [
      ...prefix,
      'AWSLogs',
      accountId,
      'VpcLattice/AccessLogs',
      region,
      iso.slice(0, 10).replaceAll('-', '/'),
      resourceId,
      `${accountId}_VpcLatticeAccessLogs_${region}_${resourceId}_${stamp}_${hash}.json.gz`,
    ].join('/'),
  };
}
