import { randomUUID } from 'crypto';
import type { Estate } from './estate/Estate';
import { AwsError } from './operations/AwsError';
import type {
  OperationContext,
  ServiceOperations,
} from './operations/OperationHandler';
import type { Faults } from './faults/Faults';
import { recordTrailEvent } from './recordTrailEvent';
import { serviceModels } from './wire/model';
import { protocols } from './wire/protocols';
import { validateInput } from './wire/validate';

/** Who calls an operation, and where. @public */
export interface Caller {
  accountId: string;
  region: string;
  principalArn: string;
}

/** Refuses a caller that may not do this. Throws AwsError. */
export type Authorize = (options: {
  service: string;
  operation: string;
  input: any;
  caller: Caller;
}) => void;

/**
 * The operations of all services over one estate, apart from any wire format.
 *
 * @public
 */
export class ControlPlane {
  constructor(
    private readonly options: {
      estate: Estate;
      /** By signing name. */
      services: Record<string, ServiceOperations>;
      authorize: Authorize;
      now: () => number;
      /** Failures that are made by hand. */
      faults?: Faults;
    },
  ) {}

  /**
   * Calls an operation.
   *
   * @throws AwsError when the operation refuses, or isn't there.
   */
  async call(options: {
    service: string;
    operation: string;
    input: any;
    caller: Caller;
    requestId?: string;
  }): Promise<any> {
    const { service, operation, input, caller } = options;
    const { estate, services, authorize, now } = this.options;
    const handler = services[service]?.[operation];
    if (!handler) {
      throw unknownOperation(service, operation);
    }
    // Services that only templates use, such as lambda, are not on the wire and have no model.
    const model = serviceModels[service];
    if (model?.operations[operation]) {
      validateInput(service, model, model.operations[operation].input, input);
    }
    authorize({ service, operation, input, caller });
    this.options.faults?.check({ service, operation, caller });
    const context: OperationContext = {
      ...caller,
      estate,
      now,
      requestId: options.requestId ?? randomUUID(),
      call: (otherService, otherOperation, otherInput, as) =>
        this.call({
          service: otherService,
          operation: otherOperation,
          input: otherInput,
          caller: { ...caller, ...as },
        }),
    };
    const output = (await handler(input, context)) ?? {};
    recordTrailEvent({ ...options, estate, output, now: now() });
    return output;
  }
}

/** The error by which a service says that it has no such operation. */
export function unknownOperation(
  service: string,
  operation: string | undefined,
): AwsError {
  const protocol = protocols[serviceModels[service]?.protocol ?? 'awsJson1_1'];
  return new AwsError({
    ...protocol.unknownOperation,
    message: operation
      ? `The sandbox does not have the operation ${operation} of ${service}.`
      : `The sandbox has no operation of ${service} for this request.`,
  });
}
