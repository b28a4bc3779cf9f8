const HOUR = 60 * 60 * 1000;

/**
 * A window in parts that begin and end with whole hours, as the records are kept, but for its own ends.
 *
 * @param options - `parts`: about how many; `shortest`: whole hours, but for the ends
 */
export function cutWindow(
  window: { from: number; to: number },
  options: { parts: number; shortest: number },
): { from: number; to: number }[] {
  const { from, to } = window;
  const { parts, shortest } = options;
  const step = Math.max(shortest, Math.ceil((to - from) / HOUR / parts)) * HOUR;
  const cut: { from: number; to: number }[] = [];
  for (let start = from; start < to; ) {
    const end = Math.min(Math.floor(start / HOUR) * HOUR + step, to);
    cut.push({ from: start, to: end });
    start = end;
  }
  return cut;
}
