import type { RetireStep } from '../RetireStep';

/**
 * What becomes of a network's access logs, by the product's template: the bucket stays and empties itself, the log
 * groups go. Undefined: the product is gone, or never made any.
 */
export function describeLogs(options: {
  /** Of the provisioned product. */
  outputs: Record<string, string>;
  /** Of its stack. */
  parameters: Record<string, string>;
}): RetireStep | undefined {
  const { outputs, parameters } = options;
  const {
    LogBucketName: bucket,
    AccessLogGroupName,
    ResourceLogGroupName,
  } = outputs;
  const { ArchiveRetentionDays: days } = parameters;
  const groups = [AccessLogGroupName, ResourceLogGroupName].filter(Boolean);
  const sentences = [
    ...(bucket
      ? [
          `Bucket ${bucket} stays with all access logs that are in it, and removes each of them ${
            days ? `${days} days after it came` : 'by its own lifecycle rules'
          }: empty and delete it by hand if you need it no more`,
        ]
      : []),
    ...(groups.length
      ? [
          `Log groups ${groups.join(' and ')} go with the network; ${
            bucket ? 'the bucket has the same access logs' : 'export them first'
          }`,
        ]
      : []),
  ];
  return sentences.length
    ? { what: 'logs', result: 'kept', message: sentences.join('. ') }
    : undefined;
}
