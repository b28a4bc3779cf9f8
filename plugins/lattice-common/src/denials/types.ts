import type { PolicyStatement, Verdict } from '@lattice-portal/auth-policy';
import type { CallerKind, Outcome } from '../traffic/outcomes';
import type { AnswerBasis } from '../traffic/AnswerBasis';
import type { Completeness } from '../traffic/types';
import type { FieldCondition } from './fieldConditions';

/**
 * One call that VPC Lattice refused.
 *
 * @public
 */
export interface DeniedRequest {
  id: string;
  /** ISO 8601. */
  startTime: string;
  outcome: Outcome;
  callerId: string;
  callerKind: CallerKind;
  /** The principal as recorded, session included. */
  principal?: string;
  callerAccountId?: string;
  serviceArn: string;
  /** Absent: the service is not in the estate that could be read. */
  serviceName?: string;
  serviceNetworkArn?: string;
  sourceVpcId?: string;
  method?: string;
  path?: string;
  requestId?: string;
}

/**
 * Denied requests folded: same caller, service, method, path shape and outcome.
 *
 * @public
 */
export interface DenialCause {
  id: string;
  callerId: string;
  callerKind: CallerKind;
  callerAccountId?: string;
  serviceArn: string;
  serviceName?: string;
  method?: string;
  /** Path with ids replaced by `*`. */
  pathShape?: string;
  sourceVpcId?: string;
  outcome: Outcome;
  count: number;
  /** ISO 8601. */
  firstSeen: string;
  /** ISO 8601. */
  lastSeen: string;
  /** Newest denied request of this cause. */
  exampleId: string;
}

/**
 * A page of the causes in a time window. Its lines are those of all causes, not of the page alone.
 *
 * @public
 */
export interface DenialCauses extends AnswerBasis {
  /** Newest first, by when they were last seen. */
  causes: DenialCause[];
  /** Give it back to read on. Absent: there is no more. */
  nextCursor?: string;
  completeness: Completeness;
}

/**
 * A page of denied requests. Its lines are all that there are, not those of the page alone.
 *
 * @public
 */
export interface DeniedRequests extends AnswerBasis {
  /** Newest first. */
  items: DeniedRequest[];
  /** Give it back to read on. Absent: there is no more. */
  nextCursor?: string;
  completeness: Completeness;
}

/**
 * Which denied requests are asked for; what is absent does not narrow.
 *
 * @public
 */
export interface DeniedRequestFilter {
  from?: string;
  to?: string;
  serviceArn?: string;
  callerId?: string;
  outcome?: Outcome;
  method?: string;
  pathShape?: string;
  callerAccountId?: string;
  sourceVpcId?: string;
  /** ARN of the network that the call came over, as recorded. */
  serviceNetworkArn?: string;
  /** Account of the caller or of the service. */
  accountId?: string;
  /**
   * Words that all have to be in the caller, its account, the service's ARN or name, the method, the path shape
   * or the VPC, in capitals or small letters: 500 characters and 20 words at most.
   */
  text?: string;
  /** What fields of the record have to be: all of these, 20 at most. */
  where?: FieldCondition[];
}

/**
 * Which page of a list: by default the first 100.
 *
 * @public
 */
export interface DenialPageOptions {
  /** The `nextCursor` of the page before. */
  cursor?: string;
  /** From 1 to 500. */
  limit?: number;
}

/**
 * The policies of one moment, and what they say of a request.
 *
 * @public
 */
export interface PolicyEvaluation {
  /** ISO 8601: the moment whose policies were used. */
  at: string;
  verdict: Verdict;
  /** The documents used, as text. */
  documents: {
    layer: 'network' | 'service' | 'identity';
    resourceArn?: string;
    name?: string;
    document?: string;
    /** ISO 8601: since when this document stands. */
    validFrom?: string;
    /** Why the document's text is not given, where there is one: the viewer may not read it. */
    withheld?: string;
  }[];
}

/**
 * An edit of one document that belongs to one owner.
 *
 * @public
 */
export interface ProposedChange {
  layer: 'network' | 'service';
  resourceArn: string;
  resourceName: string;
  /** Entity reference of the owner whose approval it takes. */
  owner?: string;
  statement: PolicyStatement;
}

/**
 * The smallest set of edits that turns the denial into an allow.
 *
 * @public
 */
export interface ProposedFix {
  changes: ProposedChange[];
  /** The candidate documents were decided again: this is what they say. */
  proof: Verdict;
  methods: string[];
  paths: string[];
}

/**
 * Everything that can be said of one denied request.
 *
 * @public
 */
export interface DenialExplanation {
  request: DeniedRequest;
  /** The log record, every field as AWS wrote it. */
  recorded: Record<string, unknown>;
  /** The logs that have it, as in `LogSourceStatus.id`: mostly the network's and the service's. */
  recordedIn: string[];
  /** What the policies of that time say. Absent: no version of that time is known. */
  then?: PolicyEvaluation;
  now: PolicyEvaluation;
  /** Whether AWS's record and the verdict of that time agree. */
  agreement: { agrees: boolean | 'open'; explanation: string; mayBe: string[] };
  /** What could not be checked, each with the reason. */
  notChecked: string[];
  /** Absent with `noFix` saying why. */
  fix?: ProposedFix;
  noFix?: string;
  /** Calls of the same cause in the window of the portal's memory. */
  cause?: DenialCause;
  /**
   * Entity references of who may ask for access for this caller: the owner of its account, and the platform
   * team.
   */
  askers: string[];
  /** Access requests that ask for this. */
  accessRequestIds: string[];
  /** ISO 8601: last time the same caller was allowed to call this service. */
  lastAllowed?: string;
}
