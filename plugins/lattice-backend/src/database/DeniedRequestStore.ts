import type { AccessLogRecord } from '@lattice-portal/access-logs';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type {
  DenialCause,
  FieldCondition,
  LineCount,
  Outcome,
} from '@lattice-portal/plugin-lattice-common';
import type { TimeRange } from './TrafficStore';

/**
 * Selects denied requests by service or by the caller's account: what a viewer's permission comes to.
 */
export interface InvolvedParties {
  serviceArns: string[];
  callerAccountIds: string[];
}

/**
 * A word to find in what is known of a call: its caller, account, service, method, path shape or VPC.
 */
export interface SoughtWord {
  text: string;
  /** Services that have it in their name, which no call is stored with. */
  serviceArns: string[];
}

export interface DeniedFilter {
  serviceArn?: string;
  callerId?: string;
  outcome?: Outcome;
  method?: string;
  pathShape?: string;
  callerAccountId?: string;
  sourceVpcId?: string;
  /** Words that all have to be there. */
  words?: SoughtWord[];
  /** What fields of the record have to be: all of these. */
  where?: FieldCondition[];
}

/** A denied request as it is kept. */
export interface StoredDeniedRequest {
  id: string;
  /** Milliseconds since the epoch. */
  startTime: number;
  causeId: string;
  callerId: string;
  callerKind: DenialCause['callerKind'];
  callerAccountId?: string;
  outcome: Outcome;
  record: AccessLogRecord;
}

/**
 * Reads denied requests. `criteria` absent: all.
 */
export interface DeniedRequestStore {
  /**
   * Newest first, and of the same time by id, after the given place. By the hour, those that touch the
   * range; with `where`, counted anew from the denied requests in the range.
   *
   * @param options - `limit` absent: all
   */
  causes(options: {
    range: TimeRange;
    filter?: DeniedFilter;
    criteria?: PermissionCriteria<InvolvedParties>;
    after?: { lastSeen: number; id: string };
    limit?: number;
  }): Promise<Omit<DenialCause, 'serviceName'>[]>;
  /** How many denied requests the causes have; of many the newest are counted. */
  countOfCauses(options: {
    range: TimeRange;
    filter?: DeniedFilter;
    criteria?: PermissionCriteria<InvolvedParties>;
  }): Promise<LineCount>;
  cause(options: {
    causeId: string;
  }): Promise<Omit<DenialCause, 'serviceName'> | undefined>;
  /** Newest first, after the given place. */
  list(options: {
    range: TimeRange;
    filter?: DeniedFilter;
    criteria?: PermissionCriteria<InvolvedParties>;
    after?: { startTime: number; id: string };
    limit: number;
  }): Promise<StoredDeniedRequest[]>;
  /** How many there are; of many the newest are counted. */
  count(options: {
    range: TimeRange;
    filter?: DeniedFilter;
    criteria?: PermissionCriteria<InvolvedParties>;
  }): Promise<LineCount>;
  get(options: { id: string }): Promise<StoredDeniedRequest | undefined>;
  /** Ids of the log sources that told of it. */
  logsOf(options: { id: string }): Promise<string[]>;
  /** ARNs of all services that ever refused a call, in memory. */
  serviceArns(): Promise<string[]>;
}
