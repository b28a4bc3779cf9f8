/** A time in UTC as VPC Lattice writes it: to the second, unless it is more exact. */
export function printTime(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}

/** The same for people, to the minute. */
export function printMinute(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

/** A length of time in milliseconds, such as `2 h 15 min`. */
export function printDuration(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const parts = [
    days > 0 && `${days} d`,
    hours > 0 && `${hours} h`,
    minutes % 60 > 0 && `${minutes % 60} min`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(' ') : '0 min';
}
