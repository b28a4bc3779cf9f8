/** `a`, `a or b`, `a, b or c`. */
export function printList(items: readonly string[]): string {
  const last = items[items.length - 1] ?? '';
  return items.length > 1
    ? `${items.slice(0, -1).join(', ')} or ${last}`
    : last;
}
