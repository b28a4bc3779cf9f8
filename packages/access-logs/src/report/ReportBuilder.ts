import {
  emptyOutcomeCounts,
  isDenied,
  outcomes,
  totalCalls,
} from '@lattice-portal/plugin-lattice-common';
import { SeenCalls } from '../dedupe/SeenCalls';
import { ensure } from '../fold/ensure';
import { ReplayTally } from '../replay/ReplayTally';
import type { LogFile, PathProblem } from '../scan/findLogFiles';
import type {
  CallGroup,
  RecordGroup,
  ScanBatch,
  UnparsedLine,
} from '../scan/ScanBatch';
import type { FileResult } from '../scan/scanFile';
import type { ScanSink } from '../scan/scanFiles';
import type { RecordFilter, ScanSettings } from '../scan/ScanSettings';
import { gapsOf, mergeBuckets } from './overTime';
import type {
  CallerRow,
  Cause,
  FileProblem,
  Report,
  ServiceRow,
} from './Report';

/** Width of what is counted over time, in milliseconds. */
export const BUCKET = 5 * 60 * 1000;
const MAX_EXAMPLES = 20;

interface Counter {
  group: RecordGroup;
  count: number;
  first: number;
  last: number;
}

/** Counts what scanners find, each call once. */
export class ReportBuilder implements ScanSink {
  readonly #filter: RecordFilter;
  readonly #seen: SeenCalls;
  readonly #onUnparsed?: (line: UnparsedLine) => void;
  readonly #policies: ScanSettings['policies'];
  readonly #counters = new Map<string, Counter>();
  /** Counters by the group numbers of each scanner. */
  readonly #numbered = new Map<object, Counter[]>();
  /** Calls by outcome, connections last, by the number of the bucket. */
  readonly #buckets = new Map<number, Float64Array>();
  readonly #reasons = new Map<string, number>();
  readonly #examples: UnparsedLine[] = [];
  /** By the ids of files. */
  readonly #problems = new Map<string, FileProblem>();
  readonly #files = new Set<string>();
  #pathProblems: readonly PathProblem[] = [];
  #records = 0;
  #connections = 0;
  #duplicates = 0;
  #twins = 0;
  #unparsed = 0;
  #outside = 0;
  #from = Infinity;
  #to = -Infinity;

  constructor(options: {
    filter: RecordFilter;
    /** What the scanners decide the calls by. */
    policies?: ScanSettings['policies'];
    /** Memory for telling duplicates; see {@link SeenCalls}. */
    maxBytes?: number;
    onUnparsed?: (line: UnparsedLine) => void;
  }) {
    this.#filter = options.filter;
    this.#policies = options.policies;
    this.#onUnparsed = options.onUnparsed;
    this.#seen = new SeenCalls({ maxBytes: options.maxBytes });
  }

  addBatch(batch: ScanBatch, scanner: object): void {
    const counters = this.#countersOf(batch, scanner);
    const { times, keys, tags, groups } = batch;
    for (let row = 0; row < batch.size; row++) {
      const time = times[row];
      const novelty = this.#seen.add({
        time,
        keys,
        at: row * 4,
        tag: tags[row],
      });
      if (novelty === 'new') {
        this.#count(counters[groups[row]], time);
      } else if (novelty === 'twin') {
        this.#twins++;
      } else {
        this.#duplicates++;
      }
    }
    this.#outside += batch.outside;
    for (const line of batch.unparsed) {
      this.#keepAside(line);
    }
  }

  endFile(file: LogFile, result: FileResult): void {
    this.#files.add(file.id);
    if (result.problem) {
      const { problem } = result;
      this.#problems.set(file.id, { file: file.path, problem });
    } else {
      this.#problems.delete(file.id);
    }
  }

  /** Takes back a file of which nothing was read. */
  forgetFile({ id }: LogFile): void {
    this.#files.delete(id);
    this.#problems.delete(id);
  }

  /** @param problems - of what was looked for and can't be looked at; those of before are over */
  setPathProblems(problems: readonly PathProblem[]): void {
    this.#pathProblems = problems;
  }

  /** What was counted so far. */
  report(): Report {
    const { rows: services, callers, causes, connections } = this.#fold();
    const isEmpty = this.#from > this.#to;
    return {
      lines:
        this.#records +
        this.#connections +
        this.#duplicates +
        this.#twins +
        this.#unparsed,
      records: this.#records,
      connections: this.#connections,
      duplicates: this.#duplicates,
      twins: this.#twins,
      unparsed: this.#unparsed,
      outside: this.#outside,
      filter: this.#filter,
      from: isEmpty ? undefined : this.#from,
      to: isEmpty ? undefined : this.#to,
      services,
      callers,
      causes,
      resourceConfigurations: connections,
      overTime: mergeBuckets(this.#buckets, BUCKET),
      gaps: gapsOf(this.#buckets.keys(), BUCKET),
      unparsedReasons: [...this.#reasons]
        .map(([reason, count]) => ({ reason, count }))
        .sort((one, other) => other.count - one.count),
      unparsedExamples: [...this.#examples],
      files: this.#files.size,
      problems: [...this.#problems.values(), ...this.#pathProblems],
      replay: this.#policies ? this.#replay() : undefined,
      servicesWithoutCalls: (this.#policies?.services ?? [])
        .map(([arn]) => arn)
        .filter(arn => !services.some(({ serviceArn }) => serviceArn === arn)),
    };
  }

  /** Removes what it put on disk. */
  close(): void {
    this.#seen.close();
  }

  #count(counter: Counter, time: number): void {
    counter.count++;
    counter.first = Math.min(counter.first, time);
    counter.last = Math.max(counter.last, time);
    this.#from = Math.min(this.#from, time);
    this.#to = Math.max(this.#to, time);
    const number = Math.floor(time / BUCKET);
    let bucket = this.#buckets.get(number);
    if (!bucket) {
      bucket = new Float64Array(outcomes.length + 1);
      this.#buckets.set(number, bucket);
    }
    const { group } = counter;
    if (group.kind === 'call') {
      this.#records++;
      bucket[outcomes.indexOf(group.outcome)]++;
    } else {
      this.#connections++;
      bucket[outcomes.length]++;
    }
  }

  #countersOf(batch: ScanBatch, scanner: object): Counter[] {
    let counters = this.#numbered.get(scanner);
    if (!counters) {
      counters = [];
      this.#numbered.set(scanner, counters);
    }
    for (const group of batch.newGroups) {
      const { example, reasons, ...identity } = group as CallGroup;
      const key = JSON.stringify(identity);
      let counter = this.#counters.get(key);
      if (!counter) {
        counter = { group, count: 0, first: Infinity, last: -Infinity };
        this.#counters.set(key, counter);
      }
      counters.push(counter);
    }
    return counters;
  }

  #keepAside(line: UnparsedLine): void {
    this.#unparsed++;
    this.#reasons.set(line.reason, (this.#reasons.get(line.reason) ?? 0) + 1);
    if (this.#examples.length < MAX_EXAMPLES) {
      this.#examples.push(line);
    }
    this.#onUnparsed?.(line);
  }

  #fold() {
    const services = new Map<string, ServiceRow>();
    const callers = new Map<string, CallerRow>();
    const causes = new Map<string, Cause>();
    const connections: Report['resourceConfigurations'] = [];
    for (const { group, count, first, last } of this.#counters.values()) {
      if (count === 0) {
        continue;
      }
      if (group.kind === 'connection') {
        const { resourceConfigurationArn } = group;
        connections.push({ resourceConfigurationArn, count });
        continue;
      }
      const { serviceArn, caller, callerKind, outcome, method, path } = group;
      const service = ensure(services, serviceArn, () => ({
        serviceArn,
        outcomes: emptyOutcomeCounts(),
      }));
      service.outcomes[outcome] += count;
      const row = ensure(callers, caller, () => ({
        caller,
        kind: callerKind,
        calls: 0,
        denied: 0,
      }));
      row.calls += count;
      if (isDenied(outcome)) {
        row.denied += count;
        const key = JSON.stringify([caller, serviceArn, method, path, outcome]);
        const cause = ensure(causes, key, () => ({
          caller,
          serviceArn,
          method,
          path,
          outcome,
          count: 0,
          firstSeen: first,
          lastSeen: last,
        }));
        cause.count += count;
        cause.firstSeen = Math.min(cause.firstSeen, first);
        cause.lastSeen = Math.max(cause.lastSeen, last);
      }
    }
    return {
      rows: sorted(services, row => totalCalls(row.outcomes)),
      callers: sorted(callers, row => row.calls),
      causes: sorted(causes, row => row.count),
      connections: connections.sort((one, other) => other.count - one.count),
    };
  }

  #replay() {
    const tally = new ReplayTally();
    for (const { group, count } of this.#counters.values()) {
      if (group.kind === 'call' && count > 0) {
        const { caller, serviceArn, method, path, change } = group;
        if (change === undefined) {
          tally.addUntouched(count);
          continue;
        }
        tally.add({
          place: { change, caller, serviceArn, method, path },
          count,
          example: () => group.example,
          reasons: () => group.reasons ?? [],
        });
      }
    }
    return tally.result();
  }
}

/** The largest first; of the same size in the order of their keys. */
function sorted<T>(rows: Map<string, T>, sizeOf: (row: T) => number): T[] {
  return [...rows]
    .sort(
      ([oneKey, one], [otherKey, other]) =>
        sizeOf(other) - sizeOf(one) || (oneKey < otherKey ? -1 : 1),
    )
    .map(([, row]) => row);
}
