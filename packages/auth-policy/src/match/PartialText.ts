/** A text of which only the beginning and the end are known. */
export interface PartialText {
  before: string;
  after: string;
}

/** A text of which nothing is known. */
export const ANY_TEXT: PartialText = { before: '', after: '' };

/** What is known of a text. */
export type KnownText = string | PartialText;

/** The same change on whatever part of a text is known. */
export function mapText(
  text: KnownText,
  change: (part: string) => string,
): KnownText {
  return typeof text === 'string'
    ? change(text)
    : { before: change(text.before), after: change(text.after) };
}

/** For people: the unknown part as an ellipsis. */
export function printText(text: KnownText): string {
  return typeof text === 'string' ? text : `${text.before}…${text.after}`;
}
