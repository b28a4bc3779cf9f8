import { z } from 'zod';

const instant = z.iso.datetime({ offset: true });
const usual = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?Z$/;

/** Neighbours in a log are of the same few minutes, in any order. */
const MOST_TIMES = 2048;
/** So long a time is none. */
const MOST_CHARACTERS = 64;
const times = new Map<string, number | undefined>();

/**
 * The milliseconds since the epoch that a text stands for: a date and time with its zone, as ISO 8601
 * has it. Undefined for anything else, and for days that no calendar has.
 */
export function readInstant(value: unknown): number | undefined {
  if (typeof value !== 'string') {
    return undefined;
  }
  let time = times.get(value);
  if (time === undefined && !times.has(value)) {
    time = timeOf(value);
    if (times.size >= MOST_TIMES) {
      times.clear();
    }
    if (value.length <= MOST_CHARACTERS) {
      times.set(value, time);
    }
  }
  return time;
}

function timeOf(text: string): number | undefined {
  const time = Date.parse(text);
  if (Number.isNaN(time)) {
    return undefined;
  }
  const isTime = usual.test(text)
    ? // Date.parse takes 30 February for 2 March.
      new Date(time).getUTCDate() === Number(text.slice(8, 10))
    : instant.safeParse(text).success;
  return isTime ? time : undefined;
}
