import type { StackEvent } from '@aws-sdk/client-cloudformation';

/** A resource that CloudFormation could not make, change or remove. */
export interface StackFailure {
  logicalId: string;
  resourceType: string;
  /** In the words of the service that refused. */
  message: string;
  /**
   * CloudFormation's class of the failure, such as `AlreadyExists`; undefined when the event tells none.
   * https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract-errors.html
   */
  code?: string;
}

const FAILED = /^(CREATE|UPDATE|DELETE)_FAILED$/;

/** What resource handlers put around the words of a service. */
const WRAPPED =
  /^Resource handler returned message: "([\s\S]*)" \((?:[^()]*, )?HandlerErrorCode: (\w+)[^()]*\)$/;

const ADVICE: Record<string, string> = {
  AccessDenied:
    'The launch role of the product may not do that: ask the platform team for the permission, then start over.',
  AlreadyExists:
    'Something of that name is there already: remove it or choose another name, then start over.',
  InvalidRequest: 'AWS refuses a value: correct the answer, then start over.',
  NotFound:
    'Something that the answers name is not there: correct them, then start over.',
  ServiceLimitExceeded:
    'A quota is used up: ask AWS for more under Service Quotas in that account or remove what is not needed, then start over.',
  Throttling: 'AWS was asked too often: start over in a few minutes.',
};

const OTHER_ADVICE = 'When that is mended, start over.';

/** The failed resources, without those that were merely cancelled because another one had failed. */
export function stackFailures(events: StackEvent[]): StackFailure[] {
  return events
    .filter(
      event =>
        event.ResourceType !== 'AWS::CloudFormation::Stack' &&
        FAILED.test(event.ResourceStatus ?? '') &&
        !/cancelled/i.test(event.ResourceStatusReason ?? ''),
    )
    .map(event => ({
      logicalId: event.LogicalResourceId ?? '',
      resourceType: event.ResourceType ?? '',
      ...readReason(event.ResourceStatusReason ?? 'no reason given'),
    }));
}

/** `TargetGroup (AWS::VpcLattice::TargetGroup): Rate exceeded (Throttling)`, without a full stop. */
export function describeStackFailure(failure: StackFailure): string {
  const { logicalId, resourceType, message, code } = failure;
  return `${logicalId} (${resourceType}): ${message.replace(/[.\s]+$/, '')}${
    code ? ` (${code})` : ''
  }`;
}

/** What to do about the failures, in sentences. None: nothing failed. */
export function adviseOn(failures: StackFailure[]): string[] {
  const advice = failures.map(({ code }) => (code && ADVICE[code]) ?? '');
  const known = [...new Set(advice.filter(Boolean))];
  return known.length > 0 || failures.length === 0 ? known : [OTHER_ADVICE];
}

function readReason(reason: string): Pick<StackFailure, 'message' | 'code'> {
  const [, message, code] = WRAPPED.exec(reason) ?? [];
  return message === undefined ? { message: reason } : { message, code };
}
