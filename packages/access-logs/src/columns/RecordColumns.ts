import type { AccessLogCaller } from '../types';

/**
 * What a line may be, by its number in {@link RecordColumns.kinds}.
 *
 * @public
 */
export const recordKinds = ['call', 'connection', 'unparsed'] as const;

/**
 * Words of 32 bits of a key: the first half of a SHA-256, which nobody can make two texts agree in.
 *
 * @public
 */
export const KEY_WORDS = 4;
/**
 * Words of 32 bits of a line's id, of which the first has 16 bits only.
 *
 * @public
 */
export const LINE_ID_WORDS = 2;

/**
 * Which lines' own texts are kept: of all, or besides those of what can't be read, those of calls to some
 * services. The others are most of what there is.
 *
 * @public
 */
export type TextsToKeep = 'all' | { ofServices: readonly string[] };

/**
 * A call that was denied. Of these all is kept, so it is read where lines are read.
 *
 * @public
 */
export interface DeniedCall {
  /** Of its line in the columns. */
  at: number;
  /** As of `callKey`. */
  key: string;
  /** Empty: not recorded. */
  method: string;
  /** As of `pathShape`. Empty: not recorded. */
  pathShape: string;
  /** The whole `AccessLogRecord`, as JSON. */
  record: string;
}

/**
 * Lines that were read and classified, as columns: cheap to hand to another thread, and to go through.
 *
 * @remarks
 * Only what calls are counted by is there, and all of denied calls; the rest of another record is read again
 * from its text where it is wanted, which is seldom. Arrays may have room for more than there is. What is absent is an empty text.
 *
 * @public
 */
export interface RecordColumns {
  /** Number of lines. */
  size: number;
  /** Numbers of {@link recordKinds}. */
  kinds: Uint8Array;
  /** Milliseconds since the epoch: when the call was; of what can't be read, when it was delivered. */
  times: Float64Array;
  /** Four words each: what the line tells of, the same for every line that tells of the same call. */
  keys: Uint32Array;
  /** Two words each, 48 bits in all: tells the lines of one call in one source apart. */
  lineIds: Uint32Array;
  /** Places in {@link RecordColumns.serviceArns}. This and what follows: of calls only. */
  services: Uint32Array;
  /** Places in {@link RecordColumns.networkArns}. */
  networks: Uint32Array;
  /** Places in {@link RecordColumns.callerList}. */
  callers: Uint32Array;
  /** Places in {@link RecordColumns.vpcIds}. */
  vpcs: Uint32Array;
  /** Places in the list of all outcomes. */
  outcomes: Uint8Array;
  /** Milliseconds; not a number: not recorded. */
  durations: Float64Array;
  serviceArns: string[];
  networkArns: string[];
  /** Without the principal, which has a session's name in it. */
  callerList: Omit<AccessLogCaller, 'principal'>[];
  vpcIds: string[];
  /** One behind the other, as their lines are. */
  deniedCalls: DeniedCall[];
  /** The lines' own texts, those that are kept, one behind the other, as UTF-8. */
  texts: Uint8Array;
  /** Where each text ends in {@link RecordColumns.texts}. One that is not kept has no length. */
  textEnds: Uint32Array;
  /** Of each line that can't be read: which it is, why, and where it stood. */
  asides: { at: number; reason: string; place?: string }[];
}
