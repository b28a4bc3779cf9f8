/** Who makes a call, after the check of its signature. */
export type DataPlaneCaller =
  | { kind: 'anonymous' }
  | {
      kind: 'signed';
      /** ARN of the assumed-role session, or of the account root. */
      principalArn: string;
      accountId: string;
      /** The role behind the session. */
      roleArn?: string;
    }
  /** Signed, but not so that it counts. */
  | { kind: 'unauthenticated'; code: string; message: string };

/** One HTTP request into a service network. */
export interface DataPlaneCall {
  /** Host header, with or without a port. */
  host: string;
  method: string;
  /** Path without the query string, as received. */
  path: string;
  /** Query string without `?`. */
  query?: string;
  /** Names in lower case. */
  headers?: Record<string, string[]>;
  body?: Buffer;
  /** Default: HTTP/1.1. */
  protocol?: 'HTTP/1.1' | 'HTTP/2';
  caller: DataPlaneCaller;
  /** VPC the call comes from. Absent: from outside any VPC. */
  sourceVpcId?: string;
  /** Address of the caller inside its VPC. Default: made from the VPC's range. */
  sourceIpPort?: string;
  /**
   * Milliseconds since the epoch. Default: the present. A call in the past is judged by the auth
   * policies as they stood then.
   */
  time?: number;
  /** Source of chance, from 0 to below 1. Default: `Math.random`. */
  random?: () => number;
}

/** An access log record as it is written: field names are AWS's, absent values are `-`. */
export type AccessLogLine = Record<string, string | number>;

/** What becomes of a call. */
export type DataPlaneAnswer =
  /** The VPC has no way to the service: there is no answer, connections time out. */
  | { kind: 'unreachable'; reason: string }
  | {
      kind: 'response';
      statusCode: number;
      headers: Record<string, string[]>;
      /** Made when asked for. */
      body(): Buffer;
      /** After the body, as gRPC tells its status. */
      trailers?: Record<string, string[]>;
      requestId: string;
      /** Milliseconds the call took, or takes according to its target's behaviour. */
      duration: number;
      /** Milliseconds of `duration` that have not passed yet: targets that are only described. */
      remaining: number;
      /** Absent where AWS writes none: no such service in the network. */
      record?: AccessLogLine;
    };
