import type { Estate } from '../../estate/Estate';
import type { OtherResource } from '../../estate/resources';
import { findKept } from '../kept/keptResource';

/** As CloudFormation calls it. */
export const deliveryStreamType = 'AWS::KinesisFirehose::DeliveryStream';

/** Where a delivery stream writes to. */
export interface StreamDestination {
  streamName: string;
  bucket: string;
  /** As configured. Absent: Firehose's own. */
  prefix?: string;
  isPacked: boolean;
}

/** A delivery stream by its ARN. */
export function findDeliveryStream(
  estate: Estate,
  arn: string,
): OtherResource | undefined {
  const [, , , region, accountId, resource = ''] = arn.split(':');
  const physicalId = resource.replace('deliverystream/', '');
  return findKept(estate, {
    accountId,
    region,
    type: deliveryStreamType,
    physicalId,
  });
}

/** The S3 destination among a stream's properties. */
export function s3ConfigurationOf(
  stream: OtherResource,
): Record<string, any> | undefined {
  const properties: Record<string, any> = stream.properties;
  return (
    properties.ExtendedS3DestinationConfiguration ??
    properties.S3DestinationConfiguration
  );
}

/**
 * What the sandbox delivers to: streams to S3, plain or packed by gzip, with a prefix that has no
 * expressions.
 *
 * @returns undefined for all others
 */
export function streamDestination(
  stream: OtherResource,
): StreamDestination | undefined {
  const s3 = s3ConfigurationOf(stream);
  const bucket = s3?.BucketARN?.split(':::')[1];
  const packing = s3?.CompressionFormat ?? 'UNCOMPRESSED';
  if (
    !bucket ||
    s3?.Prefix?.includes('!{') ||
    s3?.DataFormatConversionConfiguration?.Enabled ||
    !['UNCOMPRESSED', 'GZIP'].includes(packing)
  ) {
    return undefined;
  }
  return {
    streamName: stream.physicalId,
    bucket,
    prefix: s3?.Prefix,
    isPacked: packing === 'GZIP',
  };
}
