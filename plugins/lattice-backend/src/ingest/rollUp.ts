import { pathShape } from '@lattice-portal/access-logs';
import { isDenied } from '@lattice-portal/plugin-lattice-common';
import { columnText } from '../database/columnText';
import { causeIdOf } from './causeId';
import { bucketOf, emptyHistogram } from './durationHistogram';
import type { RecordedCall } from './prepareLines';

const FIVE_MINUTES = 5 * 60 * 1000;
const HOUR = 60 * 60 * 1000;

/** Rows of the roll-up tables, keyed for adding up. */
export interface RollUps {
  outcomes: OutcomeRow[];
  edges: EdgeRow[];
  causes: CauseRow[];
  denied: DeniedRow[];
}

export interface OutcomeRow {
  service_arn: string;
  bucket: number;
  outcome: string;
  count: number;
}

export interface EdgeRow {
  bucket: number;
  service_arn: string;
  caller_id: string;
  source_vpc_id: string;
  outcome: string;
  caller_kind: string;
  caller_account_id: string;
  count: number;
  first_seen: number;
  last_seen: number;
  /** The denied request that is the newest. Empty: the calls were not denied. */
  last_denied_id: string;
  [duration: `duration_${number}`]: number;
}

export interface CauseRow {
  bucket: number;
  cause_id: string;
  service_arn: string;
  caller_id: string;
  caller_kind: string;
  caller_account_id: string;
  source_vpc_id: string;
  outcome: string;
  method: string;
  path_shape: string;
  count: number;
  first_seen: number;
  last_seen: number;
  example_id: string;
}

export interface DeniedRow {
  id: string;
  start_time: number;
  cause_id: string;
  service_arn: string;
  caller_id: string;
  caller_kind: string;
  caller_account_id: string;
  source_vpc_id: string;
  outcome: string;
  method: string;
  path_shape: string;
  record: string;
}

/**
 * Folds calls to the rows that are kept: outcomes by five minutes, edges and causes of denials by the
 * hour, denied calls verbatim.
 */
export function rollUp(calls: RecordedCall[]): RollUps {
  const outcomes = new Map<string, OutcomeRow>();
  const edges = new Map<string, EdgeRow>();
  const causes = new Map<string, CauseRow>();
  const denied: DeniedRow[] = [];
  for (const call of calls) {
    const columns = columnsOf(call);
    addOutcome(outcomes, call, columns);
    addEdge(edges, call, columns);
    if (isDenied(call.outcome)) {
      const row = deniedRowOf(call, columns);
      denied.push(row);
      addCause(causes, row);
    }
  }
  return {
    outcomes: [...outcomes.values()],
    edges: [...edges.values()],
    causes: [...causes.values()],
    denied,
  };
}

/** What several rows have of a call, as columns take it. */
interface CallColumns {
  serviceArn: string;
  callerId: string;
  sourceVpcId: string;
}

function columnsOf({ record, caller }: RecordedCall): CallColumns {
  return {
    serviceArn: columnText(record.serviceArn),
    callerId: columnText(caller.id),
    sourceVpcId: columnText(record.sourceVpcId ?? ''),
  };
}

function addOutcome(
  rows: Map<string, OutcomeRow>,
  call: RecordedCall,
  { serviceArn }: CallColumns,
): void {
  const { record, outcome } = call;
  const bucket = startOf(record.timestamp, FIVE_MINUTES);
  const row = ensure(rows, [serviceArn, bucket, outcome], () => ({
    service_arn: serviceArn,
    bucket,
    outcome,
    count: 0,
  }));
  row.count++;
}

function addEdge(
  rows: Map<string, EdgeRow>,
  call: RecordedCall,
  { serviceArn, callerId, sourceVpcId }: CallColumns,
): void {
  const { record, caller, outcome } = call;
  const { timestamp } = record;
  const bucket = startOf(timestamp, HOUR);
  const key = [bucket, serviceArn, callerId, sourceVpcId, outcome];
  const row = ensure(rows, key, () => ({
    bucket,
    service_arn: serviceArn,
    caller_id: callerId,
    source_vpc_id: sourceVpcId,
    outcome,
    caller_kind: caller.kind,
    caller_account_id: columnText(caller.accountId ?? ''),
    count: 0,
    first_seen: timestamp,
    last_seen: timestamp,
    last_denied_id: '',
    ...Object.fromEntries(
      emptyHistogram().map((count, index) => [`duration_${index}`, count]),
    ),
  }));
  row.count++;
  row.first_seen = Math.min(row.first_seen, timestamp);
  if (timestamp >= row.last_seen) {
    row.last_seen = timestamp;
    row.last_denied_id = isDenied(outcome) ? call.key : '';
  }
  if (record.duration !== undefined) {
    row[`duration_${bucketOf(record.duration)}`]++;
  }
}

function addCause(rows: Map<string, CauseRow>, denied: DeniedRow): void {
  const { id, start_time: time, record: _, ...cause } = denied;
  const bucket = startOf(time, HOUR);
  const row = ensure(rows, [bucket, cause.cause_id], () => ({
    ...cause,
    bucket,
    count: 0,
    first_seen: time,
    last_seen: time,
    example_id: id,
  }));
  row.count++;
  row.first_seen = Math.min(row.first_seen, time);
  if (time >= row.last_seen) {
    row.last_seen = time;
    row.example_id = id;
  }
}

function deniedRowOf(call: RecordedCall, columns: CallColumns): DeniedRow {
  const { key, record, caller, outcome } = call;
  const parts = {
    ...columns,
    method: columnText(record.requestMethod ?? ''),
    pathShape: record.requestPath
      ? pathShape(record.requestPath).replaceAll('\0', '\uFFFD')
      : '',
    outcome,
  };
  return {
    id: key,
    start_time: record.timestamp,
    cause_id: causeIdOf(parts),
    service_arn: parts.serviceArn,
    caller_id: parts.callerId,
    caller_kind: caller.kind,
    caller_account_id: columnText(caller.accountId ?? ''),
    source_vpc_id: parts.sourceVpcId,
    outcome,
    method: parts.method,
    path_shape: parts.pathShape,
    record: JSON.stringify(record),
  };
}

function startOf(timestamp: number, width: number): number {
  return timestamp - (timestamp % width);
}

function ensure<T>(
  rows: Map<string, T>,
  key: (string | number)[],
  create: () => T,
): T {
  // Columns hold no character 0.
  const text = key.join('\0');
  let row = rows.get(text);
  if (!row) {
    row = create();
    rows.set(text, row);
  }
  return row;
}
