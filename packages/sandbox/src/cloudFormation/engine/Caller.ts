/** As whom, and where, an operation is called. */
export interface Caller {
  accountId: string;
  region: string;
  /** Account root, or an assumed-role session. */
  principalArn: string;
}

/**
 * Calls an operation of the sandbox as a given caller, with the checks and errors a request over
 * the wire would meet. The composition of the sandbox gives it.
 */
export type CallOperation = (
  service: string,
  operation: string,
  input: Record<string, unknown>,
  as: Caller,
) => Promise<any>;
