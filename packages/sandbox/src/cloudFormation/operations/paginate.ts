/**
 * A page of items. The token is opaque to the caller: the position of the next item.
 */
export function paginate<T>(
  items: T[],
  options: { token?: string; pageSize: number; fail(): Error },
): { page: T[]; nextToken?: string } {
  const { token, pageSize, fail } = options;
  const start = token ? Number(Buffer.from(token, 'base64url').toString()) : 0;
  if (!Number.isInteger(start) || start < 0) {
    throw fail();
  }
  const end = start + pageSize;
  return {
    page: items.slice(start, end),
    nextToken:
      end < items.length
        ? Buffer.from(String(end)).toString('base64url')
        : undefined,
  };
}
