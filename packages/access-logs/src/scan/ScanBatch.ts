import type {
  CallerKind,
  Outcome,
} from '@lattice-portal/plugin-lattice-common';
import type { ReplayChange, ReplayExample } from '../replay/types';

/** What calls are counted by: the same group, the same counters. */
export interface CallGroup {
  kind: 'call';
  serviceArn: string;
  caller: string;
  callerKind: CallerKind;
  outcome: Outcome;
  /** Of denied calls, and with proposed policies of all. */
  method?: string;
  /** Path shape, of the same calls. */
  path?: string;
  change?: ReplayChange;
  /** The call the group was met with. */
  example?: ReplayExample;
  reasons?: string[];
}

/** TCP connections to a resource configuration. */
export interface ConnectionGroup {
  kind: 'connection';
  resourceConfigurationArn: string;
}

export type RecordGroup = CallGroup | ConnectionGroup;

/** A line that was kept aside. */
export interface UnparsedLine {
  file: string;
  /** From 1. */
  line: number;
  reason: string;
  /** The line, or its start. */
  text: string;
}

/** Records as columns: cheap to hand to another thread, and to go through. */
export interface ScanBatch {
  size: number;
  times: Float64Array;
  /** Four words each. */
  keys: Uint32Array;
  /** See {@link CallTable.add}. */
  tags: Uint32Array;
  /** Numbers of groups, as the scanner counts them. */
  groups: Uint32Array;
  /** Groups met since the last batch, in the order of their numbers. */
  newGroups: RecordGroup[];
  unparsed: UnparsedLine[];
  /** Records that the filter leaves out. */
  outside: number;
}
