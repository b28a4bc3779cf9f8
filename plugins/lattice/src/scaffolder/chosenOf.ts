/** What is chosen of a list. A form fills a list that needs values with empty places; those are none. */
export function chosenOf(
  values: readonly (string | null | undefined)[] | undefined,
): string[] {
  return (values ?? []).flatMap(value => value ?? []);
}
