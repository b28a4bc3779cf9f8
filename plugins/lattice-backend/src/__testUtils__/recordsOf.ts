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

type ShapesQuestion = Parameters<AccessLogStore['callShapes']>[0];

/** Records in memory, folded as the stores fold them. */
export function recordsOf(
  calls: readonly AccessLogRecord[],
  options: { gaps?: StoreGap[]; onAsk?: () => Promise<void> } = {},
): Pick<AccessLogStore, 'callShapes'> {
  return {
    async callShapes(question) {
      const { from, to, serviceArns, serviceNetworkArns, signal } = question;
      const { serviceRange: range = {} } = question;
      await options.onAsk?.();
      signal?.throwIfAborted();
      const has = (values: readonly string[] | undefined, value?: string) =>
        !values || values.includes(value ?? '');
      async function* batches(): AsyncGenerator<CallShape[]> {
        const asked = calls.filter(
          ({ timestamp, serviceArn, serviceNetworkArn }) =>
            timestamp >= from &&
            timestamp < to &&
            has(serviceArns, serviceArn) &&
            serviceArn >= (range.from ?? '') &&
            (range.before === undefined || serviceArn < range.before) &&
            (!serviceNetworkArns ||
              serviceNetworkArns.includes(serviceNetworkArn)),
        );
        const kinds = new Map<string, CallShape>();
        for (const record of asked) {
          const { timestamp } = record;
          const kind = kindOf(record, question);
          const known = kinds.get(kind);
          const isLast = !known || timestamp >= known.lastSeen;
          kinds.set(kind, {
            record: isLast ? shapedOf(record, question) : known.record,
            outcome: classify(record),
            count: 1 + (known?.count ?? 0),
            firstSeen: Math.min(timestamp, known?.firstSeen ?? Infinity),
            lastSeen: Math.max(timestamp, known?.lastSeen ?? 0),
          });
        }
        yield [...kinds.values()];
      }
      return {
        window: {
          from: new Date(from).toISOString(),
          to: new Date(to).toISOString(),
        },
        gaps: options.gaps ?? [],
        batches: batches(),
      };
    },
  };
}

/** A record with what its shape tells. */
function shapedOf(
  record: AccessLogRecord,
  { fields, wholeFor }: ShapesQuestion,
): AccessLogRecord {
  const told = new Set<string>([
    ...fields,
    ...(wholeFor?.outcomes.includes(classify(record)) ? wholeFor.fields : []),
  ]);
  const { startTime, timestamp, serviceArn, resolvedUser } = record;
  return {
    startTime,
    timestamp,
    serviceArn,
    resolvedUser: resolvedUser ?? record.callerPrincipal,
    ...Object.fromEntries(
      Object.entries(record).filter(([field]) => told.has(field)),
    ),
    other: {},
  };
}

/** The same for calls that are one shape. */
function kindOf(record: AccessLogRecord, question: ShapesQuestion): string {
  const { fields, paths, wholeFor } = question;
  const {
    requestPath: path = '',
    resolvedUser,
    timestamp: _,
    startTime: __,
    ...rest
  } = shapedOf(record, question);
  const outcome = classify(record);
  const isWhole = wholeFor?.outcomes.includes(outcome);
  return JSON.stringify([
    rest,
    outcome,
    isWhole || fields.includes('principal')
      ? resolvedUser
      : resolvedUser?.replace(/(:assumed-role\/.+)\/[^/]+$/, '$1'),
    isWhole || !paths || isTouched(path, paths.words) ? path : pathShape(path),
    fields.includes('timestamp') ? record.timestamp : '',
  ]);
}

/** Whether an id of a path has a word that policies read. */
function isTouched(path: string, words: PathFolding['words']): boolean {
  const { whole, starts, ends, parts } = words;
  const ids = path.split('/').filter(part => pathShape(`/${part}`) === '/*');
  return (
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
}
