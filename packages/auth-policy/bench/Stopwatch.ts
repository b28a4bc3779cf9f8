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

const WARM_UP_ROUNDS = 3;
const ROUNDS = 9;
const ROUND_MILLISECONDS = 200;

/**
 * How many times a second one core does each of several things: the best of several rounds
 * after a warm-up. What else the machine does only ever slows a round down; and because
 * the things take turns, a slow minute doesn't fall on one of them alone.
 *
 * @param works - each does its thing a number of times, and returns that number.
 */
export function ratesPerSecond(works: ReadonlyArray<() => number>): number[] {
  const best = works.map(() => 0);
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    for (const [index, work] of works.entries()) {
      const rate = rateOfRound(work);
      if (round >= 0 && rate > best[index]) {
        best[index] = rate;
      }
    }
  }
  return best;
}

function rateOfRound(work: () => number): number {
  const start = processorTime();
  let count = 0;
  let elapsed = 0;
  while (elapsed < ROUND_MILLISECONDS) {
    count += work();
    elapsed = processorTime() - start;
  }
  return (count * 1000) / elapsed;
}
