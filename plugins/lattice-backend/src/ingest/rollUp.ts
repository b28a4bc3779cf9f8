import {
  callAt,
  pathShape,
  type RecordedCall,
} from '@lattice-portal/access-logs';
import { outcomes } from '@lattice-portal/plugin-lattice-common';
import { columnText } from '../database/columnText';
import { durationColumns } from '../database/durationColumns';
import { FIVE_MINUTES, outcomeColumns } from '../database/outcomeColumns';
import { causeIdOf } from './causeId';
import { bucketOf } from './durationHistogram';
import { Novelty } from './SeenTable';
import { CALL, isDeniedNumber, type SortedLines } from './SortedLines';

const HOUR = 60 * 60 * 1000;

/** Rows of the roll-up tables, keyed for adding up. */
export interface RollUps {
  outcomes: OutcomeRow[];
  edges: EdgeRow[];
  causes: CauseRow[];
  denied: DeniedRow[];
}

export interface OutcomeRow {
  bucket: number;
  service_arn: string;
  outcome: string;
  /** Empty: not recorded. */
  service_network_arn: string;
  [count: `count_${number}`]: number;
}

export interface EdgeRow {
  bucket: number;
  service_arn: string;
  caller_id: string;
  source_vpc_id: string;
  /** Empty: not recorded. */
  service_network_arn: string;
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

/** Numbers for texts, or for pairs of numbers, in the order in which they come. */
class Numbers<T extends string | number> {
  readonly #numbers = new Map<T, number>();

  of(value: T): number {
    let number = this.#numbers.get(value);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(value, number);
    }
    return number;
  }
}

/** So many different texts or pairs a fold has at most: a pair of them is a number that is exact. */
const MOST = 2 ** 22;
const OUTCOMES = outcomes.length;

/** All rows are copies of these, so that they have one shape in memory. */
const emptyOutcome: OutcomeRow = {
  bucket: 0,
  service_arn: '',
  outcome: '',
  service_network_arn: '',
  ...Object.fromEntries(outcomeColumns.map(column => [column, 0])),
};
const emptyEdge: EdgeRow = {
  bucket: 0,
  service_arn: '',
  caller_id: '',
  source_vpc_id: '',
  service_network_arn: '',
  outcome: '',
  caller_kind: '',
  caller_account_id: '',
  count: 0,
  first_seen: 0,
  last_seen: 0,
  last_denied_id: '',
  ...Object.fromEntries(durationColumns.map(column => [column, 0])),
};

class CallFolder {
  readonly #services = new Numbers<string>();
  readonly #networks = new Numbers<string>();
  readonly #callers = new Numbers<string>();
  readonly #vpcs = new Numbers<string>();
  /** Service and network, caller and VPC, the former and an hour. */
  readonly #targets = new Numbers<number>();
  readonly #origins = new Numbers<number>();
  readonly #hours = new Numbers<number>();
  readonly #outcomes = new Map<number, OutcomeRow>();
  readonly #edges = new Map<number, EdgeRow>();
  readonly #causes = new Map<string, CauseRow>();
  readonly #denied: DeniedRow[] = [];

  add({ columns, novelties }: SortedLines): void {
    // What a column's numbers stand for differs from batch to batch.
    const serviceArns = columns.serviceArns.map(columnText);
    const services = serviceArns.map(arn => this.#services.of(arn));
    const networkArns = columns.networkArns.map(columnText);
    const networks = networkArns.map(arn => this.#networks.of(arn));
    const callers = columns.callerList.map(({ id, ...caller }) => ({
      kind: caller.kind,
      id: columnText(id),
      accountId: columnText(caller.accountId ?? ''),
    }));
    const callerNumbers = callers.map(({ id }) => this.#callers.of(id));
    const vpcIds = columns.vpcIds.map(columnText);
    const vpcs = vpcIds.map(id => this.#vpcs.of(id));
    const { kinds, times, durations } = columns;
    for (let at = 0; at < columns.size; at++) {
      if (novelties[at] !== Novelty.New || kinds[at] !== CALL) {
        continue;
      }
      const time = times[at];
      const outcome = columns.outcomes[at];
      const service = columns.services[at];
      const network = columns.networks[at];
      const caller = columns.callers[at];
      const vpc = columns.vpcs[at];
      const hour = Math.floor(time / HOUR);
      const target = this.#targets.of(
        services[service] * MOST + networks[network],
      );
      const targetHour = this.#hours.of(hour * MOST + target);
      const outcomeKey = targetHour * OUTCOMES + outcome;
      let counts = this.#outcomes.get(outcomeKey);
      if (!counts) {
        counts = {
          ...emptyOutcome,
          bucket: hour * HOUR,
          service_arn: serviceArns[service],
          outcome: outcomes[outcome],
          service_network_arn: networkArns[network],
        };
        this.#outcomes.set(outcomeKey, counts);
      }
      counts[outcomeColumns[Math.floor((time - hour * HOUR) / FIVE_MINUTES)]]++;
      const origin = this.#origins.of(callerNumbers[caller] * MOST + vpcs[vpc]);
      const edgeKey = (targetHour * MOST + origin) * OUTCOMES + outcome;
      let edge = this.#edges.get(edgeKey);
      if (!edge) {
        edge = {
          ...emptyEdge,
          bucket: hour * HOUR,
          service_arn: serviceArns[service],
          caller_id: callers[caller].id,
          source_vpc_id: vpcIds[vpc],
          service_network_arn: networkArns[network],
          outcome: outcomes[outcome],
          caller_kind: callers[caller].kind,
          caller_account_id: callers[caller].accountId,
          first_seen: time,
          last_seen: time,
        };
        this.#edges.set(edgeKey, edge);
      }
      edge.count++;
      const duration = durations[at];
      if (!Number.isNaN(duration)) {
        edge[durationColumns[bucketOf(duration)]]++;
      }
      if (time < edge.first_seen) {
        edge.first_seen = time;
      }
      const isNewest = time >= edge.last_seen;
      if (isNewest) {
        edge.last_seen = time;
      }
      if (isDeniedNumber[outcome]) {
        const row = deniedRowOf(callAt(columns, at));
        this.#denied.push(row);
        addCause(this.#causes, row);
        if (isNewest) {
          edge.last_denied_id = row.id;
        }
      }
    }
  }

  rows(): RollUps {
    return {
      outcomes: [...this.#outcomes.values()],
      edges: [...this.#edges.values()],
      causes: [...this.#causes.values()],
      denied: this.#denied,
    };
  }
}

/**
 * Folds calls that are new to the rows that are kept: outcomes by five minutes, edges and causes of denials
 * by the hour, denied calls verbatim.
 */
export function rollUp(lines: readonly SortedLines[]): RollUps {
  const folder = new CallFolder();
  for (const sorted of lines) {
    folder.add(sorted);
  }
  return folder.rows();
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

function deniedRowOf(call: RecordedCall): DeniedRow {
  const { key, record, caller, outcome } = call;
  const parts = {
    serviceArn: columnText(record.serviceArn),
    callerId: columnText(caller.id),
    sourceVpcId: columnText(record.sourceVpcId ?? ''),
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
