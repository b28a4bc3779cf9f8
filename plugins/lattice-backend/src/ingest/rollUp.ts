import { setImmediate } from 'node:timers/promises';
import type { DeniedCall } from '@lattice-portal/access-logs';
import { outcomes } from '@lattice-portal/plugin-lattice-common';
import { columnText } from '../database/columnText';
import { type CallSums, LAST_SEEN } from './callSums';
import { causeIdOf } from './causeId';
import { EdgeHourSums } from './EdgeHourSums';
import { logAt } from './LineLogs';
import { FIVE_MINUTES, noOutcomes, type OutcomeCounts } from './outcomeCounts';
import { PlacesOfHour } from './PlacesOfHour';
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
  /** Of each hour its start, and what they add up to in it. */
  hours: [start: number, sums: CallSums][];
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
  /** Of the source that told of it first. */
  source_number: number;
  /** Of those that are delivered to the source. Empty: the only one. */
  log: string;
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

/** The calls of a caller to a service in one hour, through one network, that ended in one way. */
interface EdgeHour {
  /** What they are counted in. */
  outcome: FoldedOutcome;
  /** Tells their edge from others. */
  key: number;
  caller: Pick<FoldedEdge, 'caller_id' | 'caller_kind'>;
  vpcId: string;
  /** Of the newest call. */
  accountId: string;
  deniedId: string;
}

class CallFolder {
  readonly #services = new Numbers<string>();
  readonly #networks = new Numbers<string>();
  readonly #callers = new Numbers<string>();
  readonly #vpcs = new Numbers<string>();
  /** Service and network, caller and VPC. */
  readonly #targets = new Numbers<number>();
  readonly #origins = new Numbers<number>();
  /** By the number of the hour. */
  readonly #hours = new Map<number, PlacesOfHour>();
  readonly #outcomes: FoldedOutcome[] = [];
  readonly #sums = new EdgeHourSums();
  /** As they are numbered in {@link CallFolder.#sums}. */
  readonly #edgeHours: EdgeHour[] = [];
  readonly #causes = new Map<string, CauseRow>();
  readonly #denied: DeniedRow[] = [];

  constructor(private readonly sourceNumber: number) {}

  add({ columns, novelties, logs }: SortedLines): void {
    // What a column's numbers stand for differs from batch to batch.
    const serviceArns = columns.serviceArns.map(columnText);
    const networkArns = columns.networkArns.map(columnText);
    const callers = columns.callerList.map(({ id, kind, accountId = '' }) => ({
      caller_id: columnText(id),
      caller_kind: kind,
      caller_account_id: columnText(accountId),
    }));
    const vpcIds = columns.vpcIds.map(columnText);
    const targets = new BatchPairs(
      this.#targets,
      serviceArns.map(arn => this.#services.of(arn)),
      networkArns.map(arn => this.#networks.of(arn)),
    );
    const origins = new BatchPairs(
      this.#origins,
      callers.map(({ caller_id: id }) => this.#callers.of(id)),
      vpcIds.map(id => this.#vpcs.of(id)),
    );
    const { kinds, times, durations, deniedCalls } = columns;
    let hour = Number.NaN;
    let ofHour = new PlacesOfHour();
    let nextDenied = 0;
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
        ofHour = this.#hours.get(hour) ?? new PlacesOfHour();
        this.#hours.set(hour, ofHour);
      }
      const offset = time - hour * HOUR;
      const end = targets.of(service, network) * OUTCOMES + outcome;
      let place = ofHour.get(end);
      if (place === undefined) {
        place = this.#outcomes.length;
        ofHour.set(end, place);
        this.#outcomes.push({
          bucket: hour * HOUR,
          service_arn: serviceArns[service],
          outcome: outcomes[outcome],
          service_network_arn: networkArns[network],
          counts: noOutcomes(),
        });
      }
      this.#outcomes[place].counts[Math.floor(offset / FIVE_MINUTES)]++;
      const origin = origins.of(caller, vpc);
      const number = this.#sums.numberOf(place, origin);
      if (number === this.#edgeHours.length) {
        this.#edgeHours.push({
          outcome: this.#outcomes[place],
          key: origin * MOST * OUTCOMES + end,
          caller: callers[caller],
          vpcId: vpcIds[vpc],
          accountId: '',
          deniedId: '',
        });
      }
      const isNewest = this.#sums.addCall(number, offset, durations[at]);
      if (isNewest) {
        this.#edgeHours[number].accountId = callers[caller].caller_account_id;
      }
      if (isDeniedNumber[outcome]) {
        while (deniedCalls[nextDenied].at < at) {
          nextDenied++;
        }
        const row = this.#deniedRowOf(deniedCalls[nextDenied], {
          start_time: time,
          service_arn: serviceArns[service],
          ...callers[caller],
          source_vpc_id: vpcIds[vpc],
          outcome: outcomes[outcome],
          log: logAt(logs, at) ?? '',
        });
        this.#denied.push(row);
        addCause(this.#causes, row);
        if (isNewest) {
          this.#edgeHours[number].deniedId = row.id;
        }
      }
    }
  }

  rows(): RollUps {
    return {
      outcomes: this.#outcomes,
      edges: this.#edges(),
      causes: [...this.#causes.values()],
      denied: this.#denied,
    };
  }

  #edges(): FoldedEdge[] {
    const edges = new Map<number, FoldedEdge>();
    for (const [number, edgeHour] of this.#edgeHours.entries()) {
      const { key, outcome, caller, vpcId, accountId, deniedId } = edgeHour;
      const sums = this.#sums.sumsOf(number);
      const newest = outcome.bucket + sums[LAST_SEEN];
      let edge = edges.get(key);
      if (!edge) {
        edge = {
          service_arn: outcome.service_arn,
          caller_id: caller.caller_id,
          source_vpc_id: vpcId,
          service_network_arn: outcome.service_network_arn,
          outcome: outcome.outcome,
          caller_kind: caller.caller_kind,
          caller_account_id: accountId,
          last_seen: newest,
          last_denied_id: deniedId,
          hours: [],
        };
        edges.set(key, edge);
      }
      edge.hours.push([outcome.bucket, sums]);
      if (newest > edge.last_seen) {
        edge.last_seen = newest;
        edge.caller_account_id = accountId;
        edge.last_denied_id = deniedId;
      }
    }
    return [...edges.values()];
  }

  #deniedRowOf(
    denied: DeniedCall,
    of: Omit<
      DeniedRow,
      'id' | 'cause_id' | 'method' | 'path_shape' | 'record' | 'source_number'
    >,
  ): DeniedRow {
    const method = columnText(denied.method);
    const shape = denied.pathShape.replaceAll('\0', '\uFFFD');
    return {
      ...of,
      id: denied.key,
      cause_id: causeIdOf({
        serviceArn: of.service_arn,
        callerId: of.caller_id,
        sourceVpcId: of.source_vpc_id,
        method,
        pathShape: shape,
        outcome: of.outcome,
      }),
      method,
      path_shape: shape,
      record: denied.record,
      source_number: this.sourceNumber,
    };
  }
}

/**
 * Folds calls that are new to the rows that are kept: outcomes by five minutes, edges and causes of denials
 * by the hour, denied calls verbatim. Everything else has its turn between batches.
 *
 * @param options - `sourceNumber`: of the source that brought them
 */
export async function rollUp(
  lines: readonly SortedLines[],
  options: { sourceNumber: number },
): Promise<RollUps> {
  const folder = new CallFolder(options.sourceNumber);
  for (const sorted of lines) {
    folder.add(sorted);
    await setImmediate();
  }
  return folder.rows();
}

function addCause(rows: Map<string, CauseRow>, denied: DeniedRow): void {
  const { id, start_time: time } = denied;
  const bucket = startOf(time, HOUR);
  const row = ensure(rows, [bucket, denied.cause_id], () => ({
    cause_id: denied.cause_id,
    service_arn: denied.service_arn,
    caller_id: denied.caller_id,
    caller_kind: denied.caller_kind,
    caller_account_id: denied.caller_account_id,
    source_vpc_id: denied.source_vpc_id,
    outcome: denied.outcome,
    method: denied.method,
    path_shape: denied.path_shape,
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
