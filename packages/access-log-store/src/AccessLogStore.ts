import type { Outcome } from '@lattice-portal/plugin-lattice-common';
import type { CallField } from './schema/callFields';
import type {
  AccessLogBatch,
  Answer,
  AnswerBasis,
  CallerSummary,
  CallScope,
  CallShape,
  CauseSummary,
  EdgeSummary,
  OutcomeBucket,
  PathFolding,
  RecordedCall,
  ShapeField,
  StoredConnection,
  WholeCalls,
} from './types';

/**
 * What goes with every question.
 *
 * @public
 */
export interface AskOptions {
  /** Ends the question, also in the engine; it throws the signal's reason. */
  signal?: AbortSignal;
}

/**
 * What a field of a record has to be.
 *
 * @public
 */
export type FieldFilter =
  | { equals: readonly (string | number)[] }
  /** Texts only; capitals don't matter. */
  | { contains: string }
  /** Numbers only. */
  | { atLeast?: number; below?: number }
  /** Whether the record has a value. */
  | { present: boolean };

/**
 * Which denied requests, and from where on.
 *
 * @public
 */
export interface DeniedRequestsQuestion extends CallScope, AskOptions {
  /** Default: those of the three policies. */
  outcomes?: readonly Outcome[];
  /** All of these. */
  where?: Partial<Record<CallField, FieldFilter>>;
  /** At most so many, 1 to 1000. Default: 100. */
  limit?: number;
  /** `next` of the page before. */
  after?: string;
}

/**
 * A page of denied requests, newest first.
 *
 * @public
 */
export interface DeniedRequestsPage extends Answer<RecordedDenial> {
  /** Where the next page begins. Absent: this is the last. */
  next?: string;
}

/**
 * The newest calls with a request id, up to some hundred.
 *
 * @public
 */
export interface RecordedCallsPage extends Answer<RecordedCall> {
  /** Lines of the calls given. */
  lines: number;
  /** Whether there are older calls in the time that are not given. */
  hasMore: boolean;
}

/**
 * A denied request.
 *
 * @public
 */
export type RecordedDenial = RecordedCall['records'][number];

/**
 * All records of access logs, kept in Parquet files.
 *
 * @remarks
 * A question sees the files that were there when it was asked. Any number of readers may ask while one
 * writer appends; {@link AccessLogStore.compact} and {@link AccessLogStore.deleteBefore} are for one process
 * at a time, which is for the caller to see to.
 *
 * All questions throw {@link AccessLogStoreError}, which says what to do, and `InputError` for what can't
 * be asked.
 *
 * @public
 */
export interface AccessLogStore {
  /**
   * Writes a batch: a file for each hour of it, whole or not at all. Once it resolves, all of the batch is
   * on disk. After a failure or a crash, append the same batch again: hours that were written stay as they
   * are.
   */
  append(batch: AccessLogBatch): Promise<{
    /** Lines in files that this call wrote: 0 for a batch that was known. */
    written: number;
  }>;

  /** Makes one file of each hour that ended before the instant and has several. */
  compact(options: { before: number; signal?: AbortSignal }): Promise<{
    hours: number;
  }>;

  /**
   * Deletes the records of hours that ended before the instant, except those to keep.
   *
   * @param options - `keep`: records of any of these stay, twins included
   */
  deleteBefore(options: {
    before: number;
    keep: readonly CallScope[];
    signal?: AbortSignal;
  }): Promise<{ lines: number; kept: number }>;

  /** Calls by outcome, in buckets of a step of milliseconds. Buckets without calls are left out. */
  outcomesOverTime(
    question: CallScope & AskOptions & { step: number },
  ): Promise<Answer<OutcomeBucket>>;

  /** Callers, those with the most denied calls first. Default limit: 1000. */
  callers(
    question: CallScope & AskOptions & { limit?: number },
  ): Promise<Answer<CallerSummary>>;

  /** Denied requests, newest first. Pages neither skip nor repeat one, also while records come in. */
  deniedRequests(question: DeniedRequestsQuestion): Promise<DeniedRequestsPage>;

  /** Denied calls by kind, the most frequent first. Default limit: 1000. */
  causes(
    question: CallScope & AskOptions & { limit?: number },
  ): Promise<Answer<CauseSummary>>;

  /**
   * Who calls whom.
   *
   * @param question - `durationBounds`: upper bounds of the duration histogram in milliseconds, each
   * exclusive, ascending
   */
  edges(
    question: CallScope & AskOptions & { durationBounds: readonly number[] },
  ): Promise<Answer<EdgeSummary>>;

  /**
   * The calls with that request id, newest first. Clients may choose it, so there may be any number of calls:
   * of more than 500 records the newest are given.
   */
  callsByRequestId(
    question: CallScope & AskOptions & { requestId: string },
  ): Promise<RecordedCallsPage>;

  /** Connections to resource configurations, newest first, without twins. Default limit: 1000. */
  connections(
    question: AskOptions & {
      from: number;
      to: number;
      resourceConfigurationArns?: readonly string[];
      limit?: number;
    },
  ): Promise<Answer<StoredConnection>>;

  /**
   * Distinct calls with their counts, in no order, read as they are taken. Until all are, the question keeps its
   * room among those that are answered at the same time: who reads one should wait for no other.
   *
   * @param question - `paths`: how paths are told apart if `fields` has them; absent: each is one of its
   * own. `record.requestPath` is the path of the last of the calls. `wholeFor`: calls that are told apart by
   * more; default: none
   */
  callShapes(
    question: CallScope &
      AskOptions & {
        fields: readonly ShapeField[];
        paths?: PathFolding;
        wholeFor?: WholeCalls;
      },
  ): Promise<AnswerBasis & { batches: AsyncIterable<readonly CallShape[]> }>;

  /** Ends what runs and frees what is held. */
  close(): Promise<void>;
}
