/** What became of a product, then the particulars: Markdown, as the page of a run shows the message of an error. */
export function failureMessage(
  what: string,
  particulars: readonly string[],
): string {
  return [what, '', ...particulars.map(text => `- ${text}`)].join('\n');
}

/** The same message with one more particular. */
export function withParticular(message: string, text: string): string {
  return message.includes('\n- ')
    ? `${message}\n- ${text}`
    : failureMessage(message, [text]);
}
