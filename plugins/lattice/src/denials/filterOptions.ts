import {
  callerName,
  type DenialCause,
} from '@lattice-portal/plugin-lattice-common';
import { serviceLabel } from './serviceLabel';

/** Callers and services as options of a select: those that are known, and those of the causes on screen. */
export function filterOptions(options: {
  causes: DenialCause[];
  services: { arn: string; name: string }[];
  callers: { id: string; name: string }[];
}) {
  const { causes, services, callers } = options;
  return {
    callers: toOptions([
      ...callers.map(({ id, name }) => [id, name] as const),
      ...causes.map(
        cause => [cause.callerId, callerName(cause.callerId)] as const,
      ),
    ]),
    services: toOptions([
      ...services.map(({ arn, name }) => [arn, name] as const),
      ...causes.map(cause => [cause.serviceArn, serviceLabel(cause)] as const),
    ]),
  };
}

function toOptions(labels: (readonly [string, string])[]) {
  return [...new Map(labels)]
    .map(([id, label]) => ({ id, label }))
    .sort((a, b) => a.label.localeCompare(b.label));
}
