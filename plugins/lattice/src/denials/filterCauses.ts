import {
  callerName,
  type DenialCause,
} from '@lattice-portal/plugin-lattice-common';
import { shortArn } from '../format';

/** What of the causes to show. */
export interface CauseFilter {
  text?: string;
  /** Service ARN. */
  service?: string;
  /** Caller id. */
  caller?: string;
  outcome?: string;
}

/** Causes that match all of the filter. */
export function filterCauses(
  causes: DenialCause[],
  filter: CauseFilter,
): DenialCause[] {
  const words = (filter.text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return causes.filter(cause => {
    const haystack = [
      cause.callerId,
      cause.callerAccountId,
      serviceLabel(cause),
      cause.serviceArn,
      cause.method,
      cause.pathShape,
      cause.sourceVpcId,
    ]
      .join(' ')
      .toLowerCase();
    return (
      words.every(word => haystack.includes(word)) &&
      (!filter.service || cause.serviceArn === filter.service) &&
      (!filter.caller || cause.callerId === filter.caller) &&
      (!filter.outcome || cause.outcome === filter.outcome)
    );
  });
}

/** The service's name; where the estate doesn't know it, its id. */
export function serviceLabel(cause: {
  serviceArn: string;
  serviceName?: string;
}): string {
  return cause.serviceName ?? shortArn(cause.serviceArn);
}

/** Callers and services of the causes, as options of a select. */
export function filterOptions(causes: DenialCause[]) {
  const callers = new Map(
    causes.map(cause => [cause.callerId, callerName(cause.callerId)]),
  );
  const services = new Map(
    causes.map(cause => [cause.serviceArn, serviceLabel(cause)]),
  );
  return { callers: toOptions(callers), services: toOptions(services) };
}

function toOptions(labels: Map<string, string>) {
  return [...labels]
    .map(([id, label]) => ({ id, label }))
    .sort((a, b) => a.label.localeCompare(b.label));
}
