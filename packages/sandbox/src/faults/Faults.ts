import type { Caller } from '../ControlPlane';
import { AwsError } from '../operations/AwsError';

/** A failure made by hand: what coming calls of an operation answer. @public */
export interface Fault {
  /** Signing name, such as `vpc-lattice`. */
  service: string;
  operation: string;
  /** Default: any. */
  accountId?: string;
  /**
   * Code of the error, as the service's API has it; `throttling` stands for the code with which the
   * service says that it is asked too often.
   */
  code: string;
  /** Default: `Rate exceeded`. */
  message?: string;
  /** Calls that fail. CloudFormation tries six times when throttled. Default: 1. */
  times?: number;
}

/** How services say that they are asked too often, where it isn't `ThrottlingException`. */
const THROTTLING: Record<string, string> = {
  cloudwatch: 'Throttling',
  ec2: 'RequestLimitExceeded',
  elasticloadbalancing: 'Throttling',
  iam: 'Throttling',
  lambda: 'TooManyRequestsException',
  s3: 'SlowDown',
  sts: 'Throttling',
};

/** The failures that are to come, in the order in which they were made. */
export class Faults {
  readonly #faults: (Fault & { times: number })[] = [];

  static create(): Faults {
    return new Faults();
  }

  add(fault: Fault): void {
    this.#faults.push({ ...fault, times: fault.times ?? 1 });
  }

  /**
   * Fails the call when one of the faults is meant for it.
   *
   * @throws AwsError
   */
  check(call: { service: string; operation: string; caller: Caller }): void {
    const { service, operation, caller } = call;
    const index = this.#faults.findIndex(
      fault =>
        fault.service === service &&
        fault.operation === operation &&
        (fault.accountId ?? caller.accountId) === caller.accountId,
    );
    if (index < 0) {
      return;
    }
    const fault = this.#faults[index];
    fault.times -= 1;
    if (fault.times <= 0) {
      this.#faults.splice(index, 1);
    }
    const isThrottling = fault.code === 'throttling';
    throw new AwsError({
      code: isThrottling
        ? THROTTLING[service] ?? 'ThrottlingException'
        : fault.code,
      statusCode: isThrottling ? 429 : 400,
      message: fault.message ?? 'Rate exceeded',
    });
  }
}
