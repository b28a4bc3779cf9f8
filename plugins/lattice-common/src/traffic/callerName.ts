import { parseArn } from '../estate/parseArn';

/**
 * Short name of a caller to show: the role's or user's name, `anonymous`, `unknown`.
 *
 * @param callerId - as in `AccessLogCaller.id`
 * @public
 */
export function callerName(callerId: string): string {
  const resource = parseArn(callerId)?.resource;
  if (!resource) {
    return callerId;
  }
  return resource.slice(resource.lastIndexOf('/') + 1);
}

/**
 * Account in the caller's ARN. Absent: the caller has none.
 *
 * @param callerId - as in `AccessLogCaller.id`
 * @public
 */
export function callerAccountId(callerId: string): string | undefined {
  return parseArn(callerId)?.accountId || undefined;
}
