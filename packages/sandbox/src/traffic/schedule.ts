import { randomUuid, seededRandom } from './random';

const MINUTE = 60_000;

/** One call of a traffic row at its time. */
export interface ScheduledCall {
  /** Milliseconds since the epoch. */
  time: number;
  requestId: string;
  /** The call's own source of chance. */
  random: () => number;
}

/**
 * The calls of one row after `from` and up to `to`.
 *
 * @remarks
 * Time is cut into slots of equal length with one call in each, at a time made from the seed. So the
 * calls of any stretch of time are always the same, whenever and in whatever pieces they are made.
 *
 * @param options - Times in milliseconds since the epoch; `every`: takes one slot out of so many.
 */
export function schedule(options: {
  seed: number;
  /** Tells rows, and the services of a row, apart. */
  name: string;
  perMinute: number;
  from: number;
  to: number;
  every?: number;
}): ScheduledCall[] {
  const { seed, name, perMinute, from, to, every = 1 } = options;
  const length = MINUTE / perMinute;
  const calls: ScheduledCall[] = [];
  const first = Math.floor(from / length);
  for (let slot = first; slot * length <= to; slot++) {
    if (slot % every !== 0) {
      continue;
    }
    const random = seededRandom(`${seed}/${name}/${slot}`);
    const time = Math.floor((slot + random()) * length);
    if (time > from && time <= to) {
      calls.push({ time, requestId: randomUuid(random), random });
    }
  }
  return calls;
}
