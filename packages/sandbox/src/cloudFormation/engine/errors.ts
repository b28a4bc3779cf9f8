const notFoundCodes =
  /^([\w.]*NotFound(Exception|Fault)?|NoSuchEntity(Exception)?|NoSuchBucket(Policy)?|NoSuchHostedZone|UnknownResourceException)$/;

const throttlingCodes =
  /^(Throttling|ThrottlingException|TooManyRequestsException|RequestLimitExceeded)$/;

function codeOf(error: unknown): string {
  return String((error as { code?: unknown })?.code ?? '');
}

/** Whether the error says that the resource is not there. */
export function isNotFound(error: unknown): boolean {
  return notFoundCodes.test(codeOf(error));
}

/** Whether the same call may succeed a moment later. */
export function isThrottled(error: unknown): boolean {
  return throttlingCodes.test(codeOf(error));
}

/**
 * CloudFormation's class of a failure.
 * {@link https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract-errors.html}
 */
function handlerErrorCode(code: string): string {
  // First, as what EC2 calls RequestLimitExceeded is no quota.
  if (throttlingCodes.test(code)) {
    return 'Throttling';
  }
  if (/AccessDenied|NotAuthorized|UnauthorizedOperation/.test(code)) {
    return 'AccessDenied';
  }
  if (
    /AlreadyExists|AlreadyOwned|Duplicate|InUse|ResourceConflict|^ConflictException/.test(
      code,
    )
  ) {
    return 'AlreadyExists';
  }
  if (isNotFound({ code })) {
    return 'NotFound';
  }
  if (/Quota|LimitExceeded/.test(code)) {
    return 'ServiceLimitExceeded';
  }
  if (/Validation|Invalid|Malformed|Missing/.test(code)) {
    return 'InvalidRequest';
  }
  return 'GeneralServiceException';
}

/** The reason of a failure as it stands in the stack's events. */
export function statusReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = codeOf(error);
  return code
    ? `Resource handler returned message: "${message}" (HandlerErrorCode: ${handlerErrorCode(
        code,
      )}, Error: ${code})`
    : message;
}
