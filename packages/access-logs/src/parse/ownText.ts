/**
 * A copy of a text that outlives the line it was captured from.
 *
 * @remarks
 * V8 keeps a part of a text as a view of the whole, so that the line would stay in memory with it.
 */
export function ownText(text: string): string {
  return structuredClone(text);
}
