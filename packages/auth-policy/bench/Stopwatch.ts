/** Milliseconds of processor time of this thread, so that a busy machine doesn't count. */
function processorTime(): number {
  const { threadCpuUsage } = process as {
    threadCpuUsage?: () => { user: number; system: number };
  };
  if (!threadCpuUsage) {
    return performance.now();
  }
  const { user, system } = threadCpuUsage.call(process);
  return (user + system) / 1000;
}

/**
 * How many times a second one core does something: the median of several rounds after a
 * warm-up.
 *
 * @param round - does it a number of times, and returns that number.
 */
export function ratePerSecond(round: () => number): number {
  const rates: number[] = [];
  for (let index = 0; index < 7; index += 1) {
    const start = processorTime();
    let count = 0;
    let elapsed = 0;
    while (elapsed < 300) {
      count += round();
      elapsed = processorTime() - start;
    }
    rates.push((count * 1000) / elapsed);
  }
  return rates.slice(2).sort((left, right) => left - right)[2];
}
