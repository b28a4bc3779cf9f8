const HOUR = 3_600_000;

/** When a request was made, as far as the reader knows: ISO 8601. Without `at`, hours back from now. */
export interface RecordWindow {
  hours: number;
  at?: string;
}

/** What to ask for: an hour before and after the time of a request, or the hours that end now. */
export function spanOf({ hours, at }: RecordWindow): {
  from: string;
  to?: string;
} {
  const time = at === undefined ? NaN : Date.parse(at);
  return Number.isNaN(time)
    ? { from: new Date(Date.now() - hours * HOUR).toISOString() }
    : {
        from: new Date(time - HOUR).toISOString(),
        to: new Date(time + HOUR).toISOString(),
      };
}
