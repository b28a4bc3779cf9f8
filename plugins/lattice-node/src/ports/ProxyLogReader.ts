/**
 * A log group of a proxy in front of VPC Lattice, such as an API Gateway and the function behind it that
 * signs.
 *
 * @public
 */
export interface ProxyLogGroup {
  /** Account whose reader role reads it. */
  accountId: string;
  region: string;
  /** Name of the log group. */
  name: string;
}

/**
 * A line of a proxy's log.
 *
 * @public
 */
export interface ProxyLogLine {
  /** Milliseconds since the epoch. */
  timestamp: number;
  /** The log stream. */
  stream?: string;
  text: string;
}

/**
 * Finds the lines that proxies wrote about a request.
 *
 * @remarks
 * VPC Lattice takes the header `x-amzn-requestid` of a request, if there is one, as the `requestId` of its
 * access log record. So a proxy that hands on the id that it logs itself is found by it.
 *
 * @public
 */
export interface ProxyLogReader {
  /**
   * Lines of a log group that have the request id, oldest first.
   *
   * @param options - `from` and `to`: milliseconds since the epoch, the latter exclusive
   * @returns `isComplete`: false if there may be more lines than these
   * @throws InputError for a request id that can't be searched for; what AWS answers
   */
  linesOf(options: {
    group: ProxyLogGroup;
    requestId: string;
    from: number;
    to: number;
    signal?: AbortSignal;
  }): Promise<{ lines: ProxyLogLine[]; isComplete: boolean }>;
}
