import type { Estate } from '../estate/Estate';

/** Who calls an operation, and on what. */
export interface OperationContext {
  estate: Estate;
  /** Account of the caller, from its access key or assumed role. */
  accountId: string;
  /** Region of the credential scope. */
  region: string;
  /** ARN of the caller: account root for a plain access key, else the assumed-role session. */
  principalArn: string;
  requestId: string;
  /** The present, in milliseconds since the epoch. */
  now(): number;
  /** Calls another operation as the same caller: how CloudFormation acts on the estate. */
  call(
    service: string,
    operation: string,
    input: Record<string, unknown>,
    as?: { accountId?: string; region?: string; principalArn?: string },
  ): Promise<any>;
}

/**
 * One AWS operation. Takes the parsed input and gives the output, both in the shape of the AWS SDK's
 * `XCommandInput` and `XCommandOutput` (without `$metadata`). Throws {@link AwsError}.
 */
export type OperationHandler<I = any, O = any> = (
  input: I,
  context: OperationContext,
) => Promise<O> | O;

/** The operations of one AWS service by name, such as `CreateService`. */
export type ServiceOperations = Record<string, OperationHandler>;
