import { shortArn } from '../format';

/** The service's name; where the estate doesn't know it, its id. */
export function serviceLabel(cause: {
  serviceArn: string;
  serviceName?: string;
}): string {
  return cause.serviceName ?? shortArn(cause.serviceArn);
}
