import { setImmediate } from 'node:timers/promises';
import {
  callAt,
  pathShape,
  type RecordedCall,
} from '@lattice-portal/access-logs';
import { outcomes } from '@lattice-portal/plugin-lattice-common';
import { columnText } from '../database/columnText';
import {
  COUNT,
  type CallSums,
  DURATIONS,
  FIRST_SEEN,
  LAST_SEEN,
  noCalls,
} from './callSums';
import { causeIdOf } from './causeId';
import { bucketOf } from './durationHistogram';
import { FIVE_MINUTES, noOutcomes, type OutcomeCounts } from './outcomeCounts';
import { Novelty } from './SeenTable';
import { CALL, isDeniedNumber, type SortedLines } from './SortedLines';

const HOUR = 60 * 60 * 1000;

/** Rows of the roll-up tables, keyed for adding up. */
export interface RollUps {
  outcomes: FoldedOutcome[];
  edges: FoldedEdge[];
  causes: CauseRow[];
  denied: DeniedRow[];
}

/** Calls to a service in an hour that came through one network and ended in one way. */
export interface FoldedOutcome {
  /** Start of the hour. */
  bucket: number;
  service_arn: string;
  outcome: string;
  /** Empty: not recorded. */
  service_network_arn: string;
  counts: OutcomeCounts;
}

/** Calls of one caller to one service, from one VPC, through one network, that ended in one way. */
export interface FoldedEdge {
  service_arn: string;
  caller_id: string;
  source_vpc_id: string;
  /** Empty: not recorded. */
  service_network_arn: string;
  outcome: string;
  caller_kind: string;
  caller_account_id: string;
  last_seen: number;
  /** The denied request that is the newest. Empty: the calls were not denied. */
  last_denied_id: string;
  /** What they add up to, by the start of the hour. */
  hours: Map<number, CallSums>;
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
/** Of a batch, the numbers of so many pairs are looked up by their place. */
const MOST_PLACES = 2 ** 18;
const OUTCOMES = outcomes.length;

/** The numbers of pairs of what a batch has: of each there are few, and calls of each many. */
class BatchPairs {
  readonly #places: Int32Array;

  /** @param all - the numbers of pairs of numbers of `ones` and `others`, whichever batch has them */
  constructor(
    private readonly all: Numbers<number>,
    private readonly ones: readonly number[],
    private readonly others: readonly number[],
  ) {
    const places = ones.length * others.length;
    this.#places = new Int32Array(places <= MOST_PLACES ? places : 0);
  }

  /** By their places in the batch. */
  of(one: number, other: number): number {
    const place = one * this.others.length + other;
    const known = this.#places[place];
    // One more than it is: 0 is none yet.
    if (known) {
      return known - 1;
    }
    const number = this.all.of(this.ones[one] * MOST + this.others[other]);
    this.#places[place] = number + 1;
    return number;
  }
}

/** What the calls of an edge in one hour are added to. */
interface EdgeHour {
  edge: FoldedEdge;
  sums: CallSums;
}

/** What the calls to a service in one hour are added to that came through one network and ended in one way. */
interface OutcomeHour {
  counts: OutcomeCounts;
  /** By the number of caller and VPC. */
  edges: Map<number, EdgeHour>;
}

class CallFolder {
  readonly #services = new Numbers<string>();
  readonly #networks = new Numbers<string>();
  readonly #callers = new Numbers<string>();
  readonly #vpcs = new Numbers<string>();
  /** Service and network, caller and VPC. */
  readonly #targets = new Numbers<number>();
  readonly #origins = new Numbers<number>();
  /** By the number of the hour, then that of the target and the outcome. */
  readonly #hours = new Map<number, (OutcomeHour | undefined)[]>();
  readonly #outcomes: FoldedOutcome[] = [];
  readonly #edges = new Map<number, FoldedEdge>();
  readonly #causes = new Map<string, CauseRow>();
  readonly #denied: DeniedRow[] = [];

  add({ columns, novelties }: SortedLines): void {
    // What a column's numbers stand for differs from batch to batch.
    const serviceArns = columns.serviceArns.map(columnText);
    const networkArns = columns.networkArns.map(columnText);
    const callers = columns.callerList.map(({ id, ...caller }) => ({
      kind: caller.kind,
      id: columnText(id),
      accountId: columnText(caller.accountId ?? ''),
    }));
    const vpcIds = columns.vpcIds.map(columnText);
    const targets = new BatchPairs(
      this.#targets,
      serviceArns.map(arn => this.#services.of(arn)),
      networkArns.map(arn => this.#networks.of(arn)),
    );
    const origins = new BatchPairs(
      this.#origins,
      callers.map(({ id }) => this.#callers.of(id)),
      vpcIds.map(id => this.#vpcs.of(id)),
    );
    const { kinds, times, durations } = columns;
    let hour = Number.NaN;
    let ofHour: (OutcomeHour | undefined)[] = [];
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
      const hourOfCall = Math.floor(time / HOUR);
      if (hourOfCall !== hour) {
        hour = hourOfCall;
        ofHour = this.#hours.get(hour) ?? [];
        this.#hours.set(hour, ofHour);
      }
      const offset = time - hour * HOUR;
      const target = targets.of(service, network);
      const end = target * OUTCOMES + outcome;
      let outcomeHour = ofHour[end];
      if (!outcomeHour) {
        const counts = noOutcomes();
        this.#outcomes.push({
          bucket: hour * HOUR,
          service_arn: serviceArns[service],
          outcome: outcomes[outcome],
          service_network_arn: networkArns[network],
          counts,
        });
        outcomeHour = { counts, edges: new Map() };
        ofHour[end] = outcomeHour;
      }
      outcomeHour.counts[Math.floor(offset / FIVE_MINUTES)]++;
      const origin = origins.of(caller, vpc);
      let edgeHour = outcomeHour.edges.get(origin);
      if (!edgeHour) {
        const key = origin * MOST * OUTCOMES + end;
        let edge = this.#edges.get(key);
        if (!edge) {
          edge = {
            service_arn: serviceArns[service],
            caller_id: callers[caller].id,
            source_vpc_id: vpcIds[vpc],
            service_network_arn: networkArns[network],
            outcome: outcomes[outcome],
            caller_kind: callers[caller].kind,
            caller_account_id: callers[caller].accountId,
            last_seen: time,
            last_denied_id: '',
            hours: new Map(),
          };
          this.#edges.set(key, edge);
        }
        edgeHour = { edge, sums: noCalls(offset) };
        edge.hours.set(hour * HOUR, edgeHour.sums);
        outcomeHour.edges.set(origin, edgeHour);
      }
      const { edge, sums } = edgeHour;
      sums[COUNT]++;
      const duration = durations[at];
      if (!Number.isNaN(duration)) {
        sums[DURATIONS + bucketOf(duration)]++;
      }
      if (offset < sums[FIRST_SEEN]) {
        sums[FIRST_SEEN] = offset;
      }
      if (offset > sums[LAST_SEEN]) {
        sums[LAST_SEEN] = offset;
      }
      const isNewest = time >= edge.last_seen;
      if (isNewest) {
        edge.last_seen = time;
        edge.caller_account_id = callers[caller].accountId;
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
      outcomes: this.#outcomes,
      edges: [...this.#edges.values()],
      causes: [...this.#causes.values()],
      denied: this.#denied,
    };
  }
}

/**
 * Folds calls that are new to the rows that are kept: outcomes by five minutes, edges and causes of denials
 * by the hour, denied calls verbatim. Everything else has its turn between batches.
 */
export async function rollUp(lines: readonly SortedLines[]): Promise<RollUps> {
  const folder = new CallFolder();
  for (const sorted of lines) {
    folder.add(sorted);
    await setImmediate();
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
