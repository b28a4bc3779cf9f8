import type {
  ProvisioningCheck,
  ProvisioningCheckId,
  ReadResult,
} from '@lattice-portal/plugin-lattice-common';

/** A check of something read: unknown while it could not be read. */
export function checkRead<T>(
  id: ProvisioningCheckId,
  result: ReadResult<T>,
  what: string,
  check: (items: T[]) => Omit<ProvisioningCheck, 'id'>,
): ProvisioningCheck {
  return result.status === 'read'
    ? { id, ...check(result.items) }
    : {
        id,
        result: 'unknown',
        message: `${what} could not be read: ${result.reason}`,
      };
}

export const passes = (message: string) => ({
  result: 'passes' as const,
  message,
});
export const refused = (message: string) => ({
  result: 'refused' as const,
  message,
});
export const unknown = (message: string) => ({
  result: 'unknown' as const,
  message,
});
