import type { TimeWindow } from '@lattice-portal/plugin-lattice-common';

const units: [limit: number, seconds: number, name: string][] = [
  [90, 1, 's'],
  [90 * 60, 60, 'min'],
  [36 * 3600, 3600, 'h'],
  [14 * 86_400, 86_400, 'd'],
  [Infinity, 7 * 86_400, 'weeks'],
];

/**
 * `3 min ago`, `in 2 h`, `now`.
 *
 * @param time - ISO 8601
 * @param now - milliseconds since the epoch
 */
export function formatRelative(time: string, now: number): string {
  const seconds = Math.round((now - Date.parse(time)) / 1000);
  if (Number.isNaN(seconds)) {
    return 'at an unknown time';
  }
  const age = Math.abs(seconds);
  if (age < 5) {
    return 'now';
  }
  const [, size, name] = units.find(([limit]) => age < limit)!;
  const amount = `${Math.round(age / size)} ${name}`;
  return seconds > 0 ? `${amount} ago` : `in ${amount}`;
}

/** `50 s`, `12 min`, `3 h`. */
export function formatDuration(seconds: number): string {
  const [, size, name] = units.find(([limit]) => seconds < limit)!;
  return `${Math.max(1, Math.round(seconds / size))} ${name}`;
}

const exact = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'long',
});

/** Date and time in the viewer's zone, the zone named. */
export function formatExact(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : exact.format(date);
}

const utc = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

/**
 * `22 Dec 2026, 21:17 UTC`, for times that stand in a policy: these are the same for all who read them.
 *
 * @param time - ISO 8601, or milliseconds since the epoch
 */
export function formatUtc(time: string | number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime())
    ? String(time)
    : `${utc.format(date)} UTC`;
}

const isoTimes =
  /\b\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)/g;

/** A sentence with the times in it as people write them, in the viewer's zone. */
export function withReadableTimes(text: string): string {
  return text.replace(isoTimes, time => formatExact(time));
}

const day = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeZone: 'UTC',
});

/** `22 Dec 2026`, in UTC. */
export function formatDay(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : day.format(date);
}

const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });
const dayAndClock = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/**
 * `from 10:00 to 11:00` of a window of today, `from 21 Nov, 10:00 to 22 Nov, 11:00` of others, in the
 * viewer's zone.
 *
 * @param now - milliseconds since the epoch
 */
export function formatWindow(window: TimeWindow, now: number): string {
  const today = new Date(now).toDateString();
  const times = [window.from, window.to].map(time => new Date(time));
  const format = times.every(time => time.toDateString() === today)
    ? clock
    : dayAndClock;
  const [from, to] = [window.from, window.to].map((text, index) =>
    Number.isNaN(times[index].getTime()) ? text : format.format(times[index]),
  );
  return `from ${from} to ${to}`;
}
