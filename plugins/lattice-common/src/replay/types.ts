import type { Layer, LayerResult } from '@lattice-portal/auth-policy';
import type { RecordGap } from '../records/types';
import type { Outcome } from '../traffic/outcomes';
import type { TimeWindow } from '../traffic/types';

/**
 * How many hours of recorded traffic a replay may go back.
 *
 * @public
 */
export const trafficReplayHours = [24, 168, 720] as const;

/**
 * One of {@link trafficReplayHours}.
 *
 * @public
 */
export type TrafficReplayHours = (typeof trafficReplayHours)[number];

/**
 * - `queued`: waits for its turn
 * - `running`: calls are being decided
 * - `failed`: it could not be ended; `error` says why
 *
 * @public
 */
export type TrafficReplayStatus =
  | 'queued'
  | 'running'
  | 'done'
  | 'cancelled'
  | 'failed';

/**
 * What a change of policies makes of a recorded call, against the policies as they were when the replay ran.
 *
 * @public
 */
export type TrafficReplayChange =
  | 'newly-allowed'
  | 'newly-denied'
  | 'unchanged'
  | 'unknown';

/**
 * Recorded calls by what the change makes of them.
 *
 * @public
 */
export interface TrafficReplayCounts {
  newlyAllowed: number;
  newlyDenied: number;
  unchanged: number;
  unknown: number;
}

/**
 * One call that stands for its group.
 *
 * @public
 */
export interface TrafficReplayExample {
  /** ISO 8601: when such a call was last made. */
  time: string;
  path?: string;
  sourceVpcId?: string;
  /** How the recorded call ended. */
  outcome: Outcome;
}

/**
 * What one layer of policies says of the calls of a group, before and after the change.
 *
 * @public
 */
export interface TrafficReplayLayer {
  layer: Layer;
  before: LayerResult;
  after: LayerResult;
}

/**
 * Calls that the change treats alike, by caller, service, method and path shape.
 *
 * @public
 */
export interface TrafficReplayGroup {
  change: TrafficReplayChange;
  /** As in `AccessLogCaller.id`. */
  callerId: string;
  serviceArn: string;
  serviceName: string;
  /** Absent: none is on record, or of `unchanged` calls, none that HTTP knows. */
  method?: string;
  /** Absent: no path is on record, or the calls have too many different ones. */
  pathShape?: string;
  count: number;
  /** ISO 8601. */
  firstSeen: string;
  /** ISO 8601. */
  lastSeen: string;
  /** Empty for `unchanged`, and where no policy could be asked. */
  layers: TrafficReplayLayer[];
  /** For `unknown`: what the verdict hangs on. */
  reasons: string[];
  /** The newest first, three at most. */
  examples: TrafficReplayExample[];
}

/**
 * What the change makes of the traffic, as far as the viewer may see it.
 *
 * @public
 */
export interface TrafficReplayResult {
  /** Distinct calls that were decided. */
  calls: number;
  counts: TrafficReplayCounts;
  /** Those newly denied first, then the unknown, the newly allowed, and the unchanged; the largest first. */
  groups: TrafficReplayGroup[];
  /** Smaller groups of unchanged calls that are not among `groups`. Absent: there are none. */
  unlisted?: {
    groups: number;
    calls: number;
  };
  /** What may be missing. Empty: nothing that is known of. */
  gaps: RecordGap[];
  /** What of the result is not shown, and why. */
  withheld?: string;
}

/**
 * Recorded traffic, decided again by the policies that an access request asks for.
 *
 * @public
 */
export interface TrafficReplay {
  id: string;
  accessRequestId: string;
  status: TrafficReplayStatus;
  window: TimeWindow;
  /** Entity reference of the user. */
  askedBy: string;
  /** ISO 8601. */
  createdAt: string;
  /** ISO 8601. */
  startedAt?: string;
  /** ISO 8601. */
  endedAt?: string;
  /** Absent before it starts. */
  progress?: {
    /** Hours of the window that are decided. */
    hoursDone: number;
    hours: number;
    /** Calls decided so far. */
    calls: number;
  };
  /** How often it was begun: more than once where the process that ran it ended. */
  attempts: number;
  /** Why it failed. */
  error?: string;
  /** Whether the request's changes are others by now. */
  outdated: boolean;
  /** Once it is done, when asked for by its id. */
  result?: TrafficReplayResult;
  /** What the reader may do now. */
  permitted: 'cancel'[];
}

/**
 * The replays of an access request.
 *
 * @public
 */
export interface TrafficReplays {
  /** Newest first, without their results. */
  items: TrafficReplay[];
  /** Why none can be started. */
  unavailable?: string;
}
