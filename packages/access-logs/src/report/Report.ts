import type {
  CallerKind,
  Outcome,
  OutcomeCounts,
} from '@lattice-portal/plugin-lattice-common';
import type { ReplayResult } from '../replay/types';
import type { RecordFilter } from '../scan/ScanSettings';
import type { UnparsedLine } from '../scan/ScanBatch';

/** What logs tell. Times are milliseconds since the epoch. */
export interface Report {
  /** `records + connections + duplicates + twins + unparsed`. */
  lines: number;
  /** Distinct calls. */
  records: number;
  /** Distinct TCP connections to resource configurations. */
  connections: number;
  /** Lines that came again in the same log. */
  duplicates: number;
  /** Lines on a call that another log had told of. */
  twins: number;
  /** Lines kept aside. */
  unparsed: number;
  /** Lines that the filter leaves out; they are in no other number. */
  outside: number;
  filter: RecordFilter;
  /** First and last record. Absent: there is none. */
  from?: number;
  to?: number;
  services: ServiceRow[];
  callers: CallerRow[];
  causes: Cause[];
  resourceConfigurations: { resourceConfigurationArn: string; count: number }[];
  overTime: { width: number; buckets: TimeBucket[] };
  /** Stretches without a record. */
  gaps: { from: number; to: number }[];
  unparsedReasons: { reason: string; count: number }[];
  /** Some of the lines kept aside. */
  unparsedExamples: UnparsedLine[];
  files: number;
  /** Files that could not be read as a whole, and folders that could not be looked through. */
  problems: FileProblem[];
  replay?: ReplayResult;
  /** ARNs of services with a proposed policy that no call was met of. */
  servicesWithoutCalls: string[];
}

export interface ServiceRow {
  serviceArn: string;
  outcomes: OutcomeCounts;
}

export interface CallerRow {
  caller: string;
  kind: CallerKind;
  calls: number;
  denied: number;
}

/** Denied calls of one kind. */
export interface Cause {
  caller: string;
  serviceArn: string;
  method?: string;
  /** Path shape. */
  path?: string;
  outcome: Outcome;
  count: number;
  firstSeen: number;
  lastSeen: number;
}

export interface TimeBucket {
  start: number;
  outcomes: OutcomeCounts;
}

export interface FileProblem {
  file: string;
  problem: string;
}
