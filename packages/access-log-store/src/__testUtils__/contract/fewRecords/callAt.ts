import type { StoredCall } from '../../../types';
import { storedCallOf } from '../../generatedCalls';
import { DAY, HOUR } from '../wholeDay';

/** A denied call at an hour of the day, which is in its request id. */
export function callAt(
  hour: number,
  fields: Partial<StoredCall['record']> = {},
): StoredCall {
  return storedCallOf({
    timestamp: DAY + hour * HOUR,
    requestId: `r-${hour}`,
    authDeniedReason: 'Service',
    ...fields,
  });
}
