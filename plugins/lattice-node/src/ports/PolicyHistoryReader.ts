/**
 * A change of an auth policy as AWS recorded it.
 *
 * @public
 */
export interface PolicyHistoryEvent {
  resourceArn: string;
  /** Absent: the policy was deleted. */
  document?: string;
  /** ISO 8601. */
  at: string;
  /** ARN of who did it. */
  by?: string;
}

/**
 * Reads past changes of auth policies, from CloudTrail's event history (90 days).
 *
 * @public
 */
export interface PolicyHistoryReader {
  read(options: {
    accountId: string;
    region: string;
    /** ISO 8601. */
    since: string;
  }): Promise<PolicyHistoryEvent[]>;
}
