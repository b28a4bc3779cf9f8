import {
  type AccessLogRecord,
  classify,
  pathShape,
} from '@lattice-portal/access-logs';
import type {
  AccessLogStore,
  CallShape,
  PathFolding,
  StoreGap,
} from '@lattice-portal/access-log-store';

/** Records in memory, each call a shape of its own unless paths are folded. */
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
        const asked = calls.filter(
          ({ timestamp, serviceArn, serviceNetworkArn }) =>
            timestamp >= from &&
            timestamp < to &&
            has(serviceArns, serviceArn) &&
            has(serviceNetworkArns, serviceNetworkArn),
        );
        const kinds = new Map<string, CallShape>();
        for (const [index, record] of asked.entries()) {
          const { timestamp } = record;
          const kind = question.paths
            ? kindOf(record, question.paths)
            : String(index);
          const known = kinds.get(kind);
          const isLast = !known || timestamp >= known.lastSeen;
          kinds.set(kind, {
            record: isLast ? record : known.record,
            outcome: classify(record),
            count: 1 + (known?.count ?? 0),
            firstSeen: Math.min(timestamp, known?.firstSeen ?? Infinity),
            lastSeen: Math.max(timestamp, known?.lastSeen ?? 0),
          });
        }
        yield* kinds.values();
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

/** The same for calls whose paths are folded to one. */
function kindOf(
  record: AccessLogRecord,
  { words, wholeFor }: PathFolding,
): string {
  const {
    requestPath: path = '',
    timestamp: _,
    startTime: __,
    ...rest
  } = record;
  const { whole, starts, ends, parts } = words;
  const ids = path.split('/').filter(part => pathShape(`/${part}`) === '/*');
  const isWhole =
    wholeFor?.includes(classify(record)) ||
    (
      ids
        .join('/')
        .toLowerCase()
        .match(/[\w-]+/g) ?? []
    ).some(
      word =>
        whole.includes(word) ||
        starts.some(start => word.startsWith(start)) ||
        ends.some(end => word.endsWith(end)) ||
        parts.some(part => word.includes(part)),
    );
  return JSON.stringify([rest, isWhole ? path : pathShape(path)]);
}
