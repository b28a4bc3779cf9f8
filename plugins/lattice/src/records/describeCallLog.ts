import type { CallLog } from '@lattice-portal/plugin-lattice-common';
import { describeDestination } from '../components';
import { formatExact } from '../format';

const owners: Record<CallLog['of'], string> = {
  network: 'service network',
  service: 'service',
};

/** Why one of the two logs of a call has no record of it. Undefined: it has. */
export function describeCallLog(log: CallLog): string | undefined {
  const owner = owners[log.of];
  switch (log.status) {
    case 'recorded':
      return undefined;
    case 'not-subscribed':
      return `The ${owner} has no access-log subscription: there will be no record of its own.`;
    case 'absent':
      return `The log of the ${owner} (${describeDestination(
        log.source,
      )}) is read until ${formatExact(
        log.readUntil,
      )} and has no record of the call.`;
    case 'awaited':
      return `The log of the ${owner} (${describeDestination(log.source)}) is ${
        log.readUntil
          ? `read until ${formatExact(log.readUntil)}`
          : 'not read yet'
      }; its record may still come.${log.reason ? ` ${log.reason}.` : ''}`;
    default:
      return `Whether the log of the ${owner} has the call is unknown. ${log.reason}.`;
  }
}
