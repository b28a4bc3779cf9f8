/** What a target answered, or that it did not. */
export interface TargetAnswer {
  statusCode: number;
  headers: Record<string, string[]>;
  /** Bytes. */
  bodyLength: number;
  body(): Buffer;
  /** After the body, as gRPC tells its status. */
  trailers?: Record<string, string[]>;
  /** As in access logs: absent where the target answered for itself. */
  failureReason?: string;
  /** `ip:port` of the target; absent for functions. */
  targetIpPort?: string;
  /** Milliseconds. */
  latency: number;
  /** Whether the latency has passed already. */
  elapsed: boolean;
}

/** An answer of VPC Lattice itself, where no target answered. */
export function failedAnswer(options: {
  statusCode: number;
  failureReason?: string;
  latency?: number;
  elapsed?: boolean;
  targetIpPort?: string;
}): TargetAnswer {
  const { latency = 1, elapsed = true, ...rest } = options;
  return {
    ...rest,
    headers: {},
    bodyLength: 0,
    body: () => Buffer.alloc(0),
    latency,
    elapsed,
  };
}
