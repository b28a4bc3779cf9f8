import type { TrafficReplayStatus } from '@lattice-portal/plugin-lattice-common';
import type { PolicyChange } from '../replay/PolicyChange';
import type {
  ReplayProgress,
  StoredReplayResult,
} from '../replay/replayTraffic';

/** What is to be replayed, for whom. Times in milliseconds since the epoch. */
export interface NewReplay {
  id: string;
  accessRequestId: string;
  /** Entity reference of the user. */
  askedBy: string;
  window: { from: number; to: number };
  changes: PolicyChange[];
  /** Of the changes. */
  digest: string;
  createdAt: number;
}

/** A replay as it stands. Times in milliseconds since the epoch. */
export interface StoredReplay extends NewReplay {
  status: TrafficReplayStatus;
  startedAt?: number;
  endedAt?: number;
  attempts: number;
  isCancelled: boolean;
  progress?: ReplayProgress;
  error?: string;
}

/**
 * Keeps replays, and sees to it that each is run by one process at a time.
 */
export interface ReplayStore {
  /** @throws ConflictError while the user has one that has not ended */
  create(replay: NewReplay): Promise<StoredReplay>;
  get(options: { id: string }): Promise<StoredReplay | undefined>;
  result(options: { id: string }): Promise<StoredReplayResult | undefined>;
  /** Of one access request, newest first. */
  list(options: { accessRequestId: string }): Promise<StoredReplay[]>;
  /**
   * Gives the worker something to run: a replay whose worker has not written for long, else the one that
   * waits longest. Ends those that were tried too often.
   *
   * @param options - `slots`: how many may run at a time; `staleBefore` in milliseconds since the epoch
   */
  claim(options: {
    worker: string;
    now: number;
    slots: number;
    staleBefore: number;
    maxAttempts: number;
  }): Promise<StoredReplay | undefined>;
  /** Says that the worker lives, and how far it is. */
  beat(options: {
    id: string;
    worker: string;
    now: number;
    progress?: ReplayProgress;
  }): Promise<'go on' | 'cancelled' | 'taken over'>;
  /** Ends a replay, if the worker still has it. */
  end(options: {
    id: string;
    worker: string;
    now: number;
    status: 'done' | 'cancelled' | 'failed';
    progress?: ReplayProgress;
    result?: StoredReplayResult;
    error?: string;
  }): Promise<void>;
  /** Asks for the end of a replay; one that waits ends at once. */
  cancel(options: { id: string; now: number }): Promise<void>;
  /** Deletes those that ended before a time. */
  prune(options: { before: number }): Promise<void>;
}
