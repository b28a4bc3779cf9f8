/**
 * Does something for every item, at most `limit` at a time.
 */
export async function forEachConcurrently<T>(
  items: Iterable<T>,
  limit: number,
  action: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  const workers = Array.from({ length: limit }, async () => {
    for (let next = iterator.next(); !next.done; next = iterator.next()) {
      await action(next.value);
    }
  });
  await Promise.all(workers);
}
