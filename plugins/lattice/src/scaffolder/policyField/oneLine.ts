/** A JSON text without line breaks and white space; a text that is no JSON stays as it is. */
export function oneLine(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}
