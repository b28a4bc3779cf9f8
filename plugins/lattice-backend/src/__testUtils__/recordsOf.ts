import { type AccessLogRecord, classify } from '@lattice-portal/access-logs';
import type {
  AccessLogStore,
  CallShape,
  StoreGap,
} from '@lattice-portal/access-log-store';

/** Records in memory, each call a shape of its own. */
export function recordsOf(
  calls: readonly AccessLogRecord[],
  options: { gaps?: StoreGap[]; onAsk?: () => Promise<void> } = {},
): Pick<AccessLogStore, 'callShapes'> {
  return {
    async callShapes(question) {
      const { from, to, serviceArns, serviceNetworkArns, signal } = question;
      await options.onAsk?.();
      signal?.throwIfAborted();
      const has = (values: readonly string[] | undefined, value?: string) =>
        !values || values.includes(value ?? '');
      async function* shapes(): AsyncGenerator<CallShape> {
        for (const record of calls) {
          const { timestamp } = record;
          if (
            timestamp >= from &&
            timestamp < to &&
            has(serviceArns, record.serviceArn) &&
            has(serviceNetworkArns, record.serviceNetworkArn)
          ) {
            yield {
              record,
              outcome: classify(record),
              count: 1,
              firstSeen: timestamp,
              lastSeen: timestamp,
            };
          }
        }
      }
      return {
        window: {
          from: new Date(from).toISOString(),
          to: new Date(to).toISOString(),
        },
        gaps: options.gaps ?? [],
        shapes: shapes(),
      };
    },
  };
}
