import type { PolicyPlace } from './PolicyPlace';

/** Names of the form's fields that say where the service will be. */
export interface PlaceOptions {
  accountField?: string;
  networkField?: string;
}

/** Where the service will be, by the other fields of the form. */
export function placeOf(
  options: PlaceOptions | undefined,
  formData: Record<string, unknown> | undefined,
): PolicyPlace {
  const { accountField = 'account', networkField = 'network' } = options ?? {};
  return {
    accountId: textOf(formData?.[accountField]),
    networkArn: textOf(formData?.[networkField]),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
