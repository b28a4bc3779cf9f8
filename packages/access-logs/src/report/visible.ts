/**
 * Text of a log as it can be shown on a terminal: control characters, also those that turn the
 * direction of writing, become escapes. Anybody who may call a service can put such into its log.
 */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    character =>
      `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`,
  );
}

/** The same, cut to a width. */
export function shortened(text: string, width: number): string {
  const shown = visible(text);
  return shown.length > width ? `${shown.slice(0, width - 1)}…` : shown;
}
