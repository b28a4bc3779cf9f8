/** What a map has of a key; made, and kept there, if it has nothing yet. */
export function ensure<TKey, T>(
  rows: Map<TKey, T>,
  key: TKey,
  create: () => T,
): T {
  let row = rows.get(key);
  if (!row) {
    row = create();
    rows.set(key, row);
  }
  return row;
}
