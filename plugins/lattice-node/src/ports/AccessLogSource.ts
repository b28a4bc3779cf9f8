/**
 * One line as it was delivered.
 *
 * @public
 */
export interface AccessLogLine {
  /** Stable identifier of the line in its source: two deliveries with the same id are the same line. */
  id: string;
  /** The line itself. */
  text: string;
  /** Delivery time in milliseconds since the epoch. */
  timestamp: number;
}

/**
 * Lines read in one go, and the place to read on from. What the cursor holds is the source's own affair.
 *
 * @public
 */
export interface AccessLogBatch {
  lines: AccessLogLine[];
  cursor: string;
  /** ISO 8601: all lines delivered before this time have been read. */
  readUntil: string;
}

/**
 * A place access logs are delivered to, such as a CloudWatch Logs group.
 *
 * @public
 */
export interface AccessLogSource {
  /** ARN of the destination. */
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  /**
   * Reads on from the cursor, batch by batch, until the source has nothing more for now.
   * Lines may come again after a restart; their ids tell.
   */
  read(options: {
    cursor?: string;
    /** Without a cursor: how far back to start, in milliseconds since the epoch. */
    since: number;
    signal?: AbortSignal;
  }): AsyncIterable<AccessLogBatch>;
}

/**
 * Makes sources for the destinations of access-log subscriptions.
 *
 * @public
 */
export interface AccessLogSourceFactory {
  /** Absent: this factory doesn't serve that kind of destination. */
  create(options: { destinationArn: string }): AccessLogSource | undefined;
}
