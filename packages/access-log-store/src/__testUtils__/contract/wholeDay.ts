import type { CallScope } from '../../types';

export const HOUR = 3_600_000;
export const DAY = Date.UTC(2026, 10, 22);
/** After everything, so that the whole day was there to be read. */
export const NOW = DAY + 26 * HOUR;

/** The day that the tests ask about. */
export const WHOLE_DAY: CallScope = { from: DAY, to: DAY + 24 * HOUR };
