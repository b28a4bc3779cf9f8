import type { CallerKind, Outcome } from './outcomes';
import type { AccountFreshness } from '../estate/types';
import type { AnswerBasis } from './AnswerBasis';
import type { AuthType } from '@lattice-portal/auth-policy';

/**
 * The time that an answer covers.
 *
 * @public
 */
export interface TimeWindow {
  /** ISO 8601, inclusive. */
  from: string;
  /** ISO 8601, exclusive. */
  to: string;
}

/**
 * Calls by outcome. All outcomes are always present.
 *
 * @public
 */
export type OutcomeCounts = Record<Outcome, number>;

/**
 * How complete what is shown is. Lines read = stored + connections + duplicates + twins + unparsed.
 *
 * @public
 */
export interface Completeness {
  linesRead: number;
  /** Distinct calls. */
  stored: number;
  /** Distinct TCP connections to resource configurations: they have no caller and no verdict. */
  connections: number;
  /** Lines that were delivered again. */
  duplicates: number;
  /** The same call in a second log, such as the network's and the service's: counted once. */
  twins: number;
  /** Kept aside with the reason. */
  unparsed: number;
  sources: LogSourceStatus[];
  accounts: AccountFreshness[];
}

/**
 * How far one log destination has been read.
 *
 * @public
 */
export interface LogSourceStatus {
  /** ARN of the log destination; of a bucket, with the subscription's resource behind it. */
  id: string;
  accountId: string;
  region: string;
  /** `ended`: no access-log subscription delivers there any more. */
  status:
    | 'reading'
    | 'failing'
    | 'waiting'
    | 'paused'
    | 'unsupported'
    | 'ended';
  /**
   * ISO 8601: when the first of the subscriptions that deliver there was made, so that there are no lines of
   * before. Absent: not known.
   */
  loggedFrom?: string;
  /** ISO 8601: where its reading began. Nobody has looked at what was delivered before. */
  readFrom?: string;
  /** ISO 8601: everything before this time has been read, from `readFrom` on. */
  readUntil?: string;
  error?: { message: string; at: string };
  /** Who stopped the reading, an entity reference, and since when (ISO 8601). */
  paused?: { by: string; at: string };
  /** ISO 8601: when its subscription was found gone. */
  endedAt?: string;
  /** With `ended`: what was still delivered is not all read yet. */
  isReadOn?: boolean;
  /** Absent: nothing but what came in lately is to be read. */
  progress?: LogSourceProgress;
  linesRead: number;
  unparsed: number;
}

/**
 * How the reading of a backlog goes.
 *
 * @public
 */
export interface LogSourceProgress {
  /** ISO 8601: when that was so. */
  at: string;
  linesPerSecond: number;
  /** Absent: can't be said yet. */
  secondsLeft?: number;
  /** Absent: the source has no files. */
  files?: { read: number; total: number };
  /** As they are stored, packed. Absent: the source has no files. */
  bytes?: { read: number; total: number };
}

/**
 * How the search for what was delivered late, by hours or days, goes or went. Times in ISO 8601.
 *
 * @public
 */
export interface LogSourceSweep {
  /** What is searched: files, as in S3, or single lines. */
  of: 'objects' | 'lines';
  startedAt: string;
  /** Absent: it goes on. */
  endedAt?: string;
  /** What was to have been delivered from here on is searched, */
  from: string;
  /** up to here, */
  until: string;
  /** and has been up to here. */
  reached: string;
  /** Late ones that were found and read. */
  found: number;
}

/**
 * A log source with its counters.
 *
 * @public
 */
export interface LogSource extends LogSourceStatus {
  /** Names it in the API. */
  number: number;
  /**
   * How many access-log subscriptions, of different resources, deliver there. If several do, a call's second
   * line may be another log's.
   */
  subscriptions: number;
  /** Distinct calls that it told of first. */
  stored: number;
  /** Distinct TCP connections that it told of first. */
  connections: number;
  duplicates: number;
  twins: number;
  /** The last search for what came late. Absent: none yet. */
  sweep?: LogSourceSweep;
  /** What the reader may do now. */
  permitted: LogSourceAction[];
}

/**
 * How the handing over of records to where they are all kept goes, such as the store of all records.
 *
 * @public
 */
export interface RecordSinkStatus {
  /** Names it, such as `record-store`. */
  id: string;
  /** Records that have been read from the logs, and are not handed over yet. */
  waiting: number;
  /** ISO 8601: since when the oldest of them waits. */
  waitingSince?: string;
  /** Why the last try failed. Absent: it did not. */
  error?: { message: string; at: string };
}

/**
 * A line of an access log that could not be read.
 *
 * @public
 */
export interface UnparsedLine {
  id: string;
  /** As in `LogSourceStatus.id`. */
  sourceId: string;
  /** ISO 8601: when it was delivered. */
  time: string;
  /** Where it stood: an object, a log stream. */
  place?: string;
  /** Why it could not be read. */
  reason: string;
  /** The line, or its start where it is long. */
  text: string;
}

/**
 * A page of lines that could not be read, newest first.
 *
 * @public
 */
export interface UnparsedLines {
  items: UnparsedLine[];
  /** Gives the next page. Absent: there is none. */
  nextCursor?: string;
}

/**
 * What can be done with a log source: stop its reading for a while, let it go on where it stopped.
 *
 * @public
 */
export type LogSourceAction = 'pause' | 'resume';

/**
 * A VPC on the map.
 *
 * @public
 */
export interface MapVpc {
  id: string;
  accountId: string;
  name?: string;
  /** ARN of the network the VPC is associated with. Absent: with none. */
  serviceNetworkArn?: string;
}

/**
 * A service network on the map.
 *
 * @public
 */
export interface MapServiceNetwork {
  arn: string;
  id: string;
  name: string;
  accountId: string;
  authType?: AuthType;
  owner?: string;
  entityRef?: string;
}

/**
 * A service on the map, with the calls it got in the window.
 *
 * @public
 */
export interface MapService {
  arn: string;
  id: string;
  name: string;
  accountId: string;
  region: string;
  /** Entity reference of the owner: by the tag `owner`, else the account's. */
  owner?: string;
  /** Entity reference of the catalog entity made from the service. */
  entityRef: string;
  authType?: AuthType;
  serviceNetworkArns: string[];
  targetTypes: string[];
  counts: OutcomeCounts;
}

/**
 * A caller on the map: all sessions of a role are one.
 *
 * @public
 */
export interface MapCaller {
  /** As in `AccessLogCaller.id`. */
  id: string;
  kind: CallerKind;
  /** Short name to show: the role's name, `anonymous`, `unknown`. */
  name: string;
  accountId?: string;
  /** VPCs it called from. */
  vpcIds: string[];
}

/**
 * A caller of one or more services, with what became of its calls to them.
 *
 * @public
 */
export interface ServiceCaller extends MapCaller {
  counts: OutcomeCounts;
  calls: number;
  /** Calls that VPC Lattice refused. */
  denied: number;
  /** `denied` by `calls`, 0 to 1. */
  deniedShare: number;
}

/**
 * Who calls some services, and how it ends.
 *
 * @public
 */
export interface CallersOfServices extends AnswerBasis {
  /** Those with the most denied calls first. */
  callers: ServiceCaller[];
  completeness: Completeness;
}

/**
 * Who calls one service, and how it ends.
 *
 * @public
 */
export interface ServiceCallers extends CallersOfServices {
  edges: MapEdge[];
}

/**
 * Which calls are asked for; what is absent does not narrow.
 *
 * @public
 */
export interface CallerFilter {
  callerId?: string;
  /** Of the caller. */
  callerAccountId?: string;
  sourceVpcId?: string;
  /** ARN of the network that the calls came over, as recorded. */
  serviceNetworkArn?: string;
}

/**
 * Which calls are asked for, to any service; what is absent does not narrow.
 *
 * @public
 */
export interface CallFilter extends Omit<CallerFilter, 'sourceVpcId'> {
  serviceArn?: string;
  /** Of the caller or of the service. */
  accountId?: string;
}

/**
 * The calls of one caller from one VPC to one service.
 *
 * @public
 */
export interface MapEdge {
  id: string;
  callerId: string;
  serviceArn: string;
  /** Absent: not recorded. */
  sourceVpcId?: string;
  counts: OutcomeCounts;
  /** How the newest call ended. */
  lastOutcome: Outcome;
  /** ISO 8601. */
  firstSeen: string;
  /** ISO 8601. */
  lastSeen: string;
  /** ISO 8601, whenever it was, also before the window. */
  lastAllowed?: string;
  /** ISO 8601, newest call VPC Lattice refused, whenever it was, also before the window. */
  lastDenied?: string;
  /** Milliseconds, from histogram buckets. Absent: no duration recorded. */
  durationP50?: number;
  durationP95?: number;
  /** Newest denied record of this edge in the window. */
  lastDeniedRequestId?: string;
}

/**
 * Who calls whom, and how it ends.
 *
 * @public
 */
export interface ServiceMap extends AnswerBasis {
  vpcs: MapVpc[];
  serviceNetworks: MapServiceNetwork[];
  services: MapService[];
  callers: MapCaller[];
  edges: MapEdge[];
  completeness: Completeness;
}

/**
 * The calls to one service, or to several together, by outcome, in buckets of equal width.
 *
 * @public
 */
export interface OutcomesOverTime extends AnswerBasis {
  /** Width of a bucket in seconds. */
  step: number;
  buckets: { start: string; counts: OutcomeCounts }[];
  completeness: Completeness;
}
