import type { OtherResource } from '../../estate/resources';
import { AwsError } from '../AwsError';
import { findKept, keptOf } from '../kept/keptResource';
import type { ServiceOperations } from '../OperationHandler';
import { deliveryStreamType, s3ConfigurationOf } from './deliveryStreams';

/** Reads of Amazon Data Firehose streams. They are made by templates. */
export const firehoseOperations: ServiceOperations = {
  DescribeDeliveryStream(input, context) {
    const { accountId, region, estate } = context;
    const { DeliveryStreamName: physicalId } = input;
    const type = deliveryStreamType;
    const stream = findKept(estate, { accountId, region, type, physicalId });
    if (!stream) {
      throw new AwsError({
        code: 'ResourceNotFoundException',
        message: `Firehose ${physicalId} under account ${accountId} not found.`,
      });
    }
    return { DeliveryStreamDescription: describe(stream) };
  },

  ListDeliveryStreams(input, context) {
    const { accountId, region, estate } = context;
    const { ExclusiveStartDeliveryStreamName: after = '', Limit = 10 } = input;
    const names = keptOf(estate, {
      accountId,
      region,
      type: deliveryStreamType,
    })
      .map(stream => stream.physicalId)
      .filter(name => name > after)
      .sort();
    return {
      DeliveryStreamNames: names.slice(0, Limit),
      HasMoreDeliveryStreams: names.length > Limit,
    };
  },
};

function describe(stream: OtherResource) {
  const s3 = s3ConfigurationOf(stream);
  const description = s3 && {
    ...s3,
    BufferingHints: s3.BufferingHints ?? {
      SizeInMBs: 5,
      IntervalInSeconds: 300,
    },
    CompressionFormat: s3.CompressionFormat ?? 'UNCOMPRESSED',
    EncryptionConfiguration: s3.EncryptionConfiguration ?? {
      NoEncryptionConfig: 'NoEncryption',
    },
  };
  return {
    DeliveryStreamName: stream.physicalId,
    DeliveryStreamARN: stream.arn,
    DeliveryStreamStatus: 'ACTIVE',
    DeliveryStreamType: stream.properties.DeliveryStreamType ?? 'DirectPut',
    VersionId: '1',
    HasMoreDestinations: false,
    Destinations: [
      {
        DestinationId: 'destinationId-000000000001',
        S3DestinationDescription: description,
        ExtendedS3DestinationDescription: description,
      },
    ],
  };
}
