import type { RecordedCall } from '@lattice-portal/access-log-store';
import {
  type AccessLogSubscription,
  type CallLog,
  type EstateSnapshot,
  parseArn,
} from '@lattice-portal/plugin-lattice-common';
import type { StoredLogSourceStatus } from '../database/IngestStore';
import { logIdOf } from '../database/logIdOf';
import { knowsSubscriptions } from '../ingest/knowsSubscriptions';
import { BEHIND_FROM } from '../ingest/SourceProgress';
import { whyNotRead } from './whyNotRead';

interface LogsOptions {
  call: RecordedCall;
  snapshots: readonly Pick<EstateSnapshot, 'accountId' | 'region' | 'estate'>[];
  sources: readonly StoredLogSourceStatus[];
  /** The source that has the lines of a subscription. Undefined: the portal can't read that kind. */
  sourceIdOf: (subscription: AccessLogSubscription) => string | undefined;
}

/** A log that a call should be in. */
interface ExpectedLog {
  of: CallLog['of'];
  resourceArn?: string;
  subscriptions: AccessLogSubscription[];
}

/**
 * Says of the network's and of the service's log whether they have a record of a call, or may have one yet.
 */
export function logsOfCall(options: LogsOptions): CallLog[] {
  const { call, snapshots } = options;
  const all = snapshots.flatMap(
    ({ estate }) => estate?.accessLogSubscriptions ?? [],
  );
  const expected = (
    of: CallLog['of'],
    resourceArn: string | undefined,
  ): ExpectedLog => ({
    of,
    resourceArn,
    subscriptions: all.filter(
      subscription =>
        subscription.resourceArn === resourceArn &&
        subscription.serviceNetworkLogType !== 'RESOURCE',
    ),
  });
  const networkArn = call.records
    .map(({ record }) => record.serviceNetworkArn)
    .find(arn => arn !== undefined);
  const logs = [
    expected('network', networkArn),
    expected('service', call.records[0].record.serviceArn),
  ];
  return logs.map((log, index): CallLog => {
    const { of, resourceArn } = log;
    const other = logs[1 - index];
    return { of, resourceArn, ...statusOf(options, log, other) };
  });
}

type Status = CallLog extends infer Log
  ? Log extends CallLog
    ? Omit<Log, 'of' | 'resourceArn'>
    : never
  : never;

function statusOf(
  options: LogsOptions,
  log: ExpectedLog,
  other: ExpectedLog,
): Status {
  const { snapshots } = options;
  if (log.resourceArn === undefined) {
    return {
      status: 'unknown',
      reason:
        'The record does not say which service network the call went through',
    };
  }
  const found = findRecord(options, log, other);
  if (found) {
    return found;
  }
  if (log.subscriptions.length > 0) {
    return whatMayCome(options, log);
  }
  const arn = parseArn(log.resourceArn);
  const isKnown = snapshots.some(
    snapshot =>
      snapshot.accountId === arn?.accountId &&
      snapshot.region === arn.region &&
      knowsSubscriptions(snapshot),
  );
  return isKnown
    ? { status: 'not-subscribed' }
    : {
        status: 'unknown',
        reason: `The access-log subscriptions of account ${
          arn?.accountId ?? 'of nobody knows whom'
        } could not be read`,
      };
}

/** Undefined: there is no record that is, or may be, of the log. */
function findRecord(
  { call, sourceIdOf }: LogsOptions,
  log: ExpectedLog,
  other: ExpectedLog,
): Status | undefined {
  const told = call.records.map(({ source }) => source);
  const idsOf = ({ subscriptions }: ExpectedLog) =>
    subscriptions.flatMap(subscription => sourceIdOf(subscription) ?? []);
  const isNamed = ({ resourceArn }: ExpectedLog, id: string, source: string) =>
    source === logIdOf({ sourceId: id, log: resourceArn?.split('/').pop() });
  for (const id of idsOf(log)) {
    const isShared = idsOf(other).includes(id);
    if (told.some(source => isNamed(log, id, source))) {
      return { status: 'recorded' };
    }
    // Where the lines of both go to the same place, only two records are both logs'.
    const unnamed = told.filter(
      source =>
        (source === id || source.startsWith(`${id} of `)) &&
        !isNamed(other, id, source),
    ).length;
    if (unnamed > (isShared ? 1 : 0)) {
      return { status: 'recorded' };
    }
    if (unnamed > 0) {
      return {
        status: 'unknown',
        reason:
          'The logs of the network and of the service are written to the same place: which of them the record is of can’t be told',
      };
    }
  }
  return undefined;
}

function whatMayCome(
  { call, sources, sourceIdOf }: LogsOptions,
  { subscriptions }: ExpectedLog,
): Status {
  const { record } = call.records[0];
  // A line is written when the call is over.
  const expectedBy = record.timestamp + (record.duration ?? 0) + BEHIND_FROM;
  const statuses = subscriptions.map((subscription): Status => {
    const id = sourceIdOf(subscription);
    const source = sources.find(known => known.id === id);
    const { readUntil } = source ?? {};
    if (source && readUntil && Date.parse(readUntil) >= expectedBy) {
      return { status: 'absent', source: source.id, readUntil };
    }
    return {
      status: 'awaited',
      source: id ?? subscription.destinationArn,
      readUntil,
      reason:
        id === undefined
          ? 'The portal does not read destinations of this kind'
          : source && whyNotRead(source),
    };
  });
  return statuses.find(({ status }) => status === 'awaited') ?? statuses[0];
}
