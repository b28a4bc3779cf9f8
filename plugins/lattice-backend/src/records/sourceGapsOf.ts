import type { StoreGap } from '@lattice-portal/access-log-store';
import type { StoredLogSourceStatus } from '../database/IngestStore';
import type { SinkStatus } from '../database/readSinkStatuses';
import type { TimeRange } from '../database/TrafficStore';
import { BEHIND_FROM } from '../ingest/SourceProgress';
import { startGapsOf } from './startGapsOf';
import { whyNotRead } from './whyNotRead';

const MINUTE = 60 * 1000;

/**
 * What the store may lack of a time, because a log was not read, or because records wait to be written.
 *
 * @param options - `sink`: how the handing over to the store goes. `now` in milliseconds since the epoch
 */
export function sourceGapsOf(options: {
  sources: StoredLogSourceStatus[];
  sink?: SinkStatus;
  span: TimeRange;
  now: number;
}): StoreGap[] {
  const { sources, sink, span, now } = options;
  const end = Math.min(span.to, now);
  const gaps = sources.flatMap((source): StoreGap[] => {
    const { id, readUntil, endedAt } = source;
    if (endedAt !== undefined) {
      return gapOfEnded(source, span);
    }
    const reason = whyBehind(source, end);
    if (reason === undefined || (readUntil && Date.parse(readUntil) >= end)) {
      return [];
    }
    return [{ kind: 'source', source: id, reason, from: readUntil }];
  });
  gaps.push(...startGapsOf({ sources, span }));
  if (sink?.waitingSince !== undefined && now - sink.waitingSince > MINUTE) {
    const { waiting, error } = sink;
    gaps.push({
      kind: 'source',
      source: sink.sinkId,
      reason: `${waiting} records that were read wait to be written to the store${
        error ? `: ${error.message}` : ''
      }`,
    });
  }
  return gaps;
}

/** What came between the last reading of a log and the end of its subscription. */
function gapOfEnded(
  { id, readUntil, endedAt }: StoredLogSourceStatus,
  span: TimeRange,
): StoreGap[] {
  const end = Date.parse(endedAt!);
  const from = readUntil === undefined ? undefined : Date.parse(readUntil);
  const isRead = from !== undefined && end - from <= BEHIND_FROM;
  const isOutside = end <= span.from || (from ?? -Infinity) >= span.to;
  return isRead || isOutside
    ? []
    : [
        {
          kind: 'source',
          source: id,
          reason: 'The subscription ended before the log was read to its end',
          from: readUntil,
          to: endedAt,
        },
      ];
}

/** Why a log has not been read up to an instant. Absent: it has, but for what delivery takes. */
function whyBehind(
  source: StoredLogSourceStatus,
  end: number,
): string | undefined {
  const { readUntil } = source;
  const reason = whyNotRead(source);
  if (reason !== undefined) {
    return reason;
  }
  if (readUntil === undefined) {
    return 'The log has not been read yet';
  }
  return end - Date.parse(readUntil) > BEHIND_FROM
    ? 'The log has not been read further yet'
    : undefined;
}
