const compiled = new Map<string, RegExp>();
const MAXIMUM = 2000;

/** Whether a text matches a pattern of a policy: `*` stands for any characters, `?` for one. */
export function matchesWildcard(
  pattern: string,
  text: string,
  options: { ignoreCase?: boolean } = {},
): boolean {
  const flags = options.ignoreCase ? 'is' : 's';
  const key = `${flags}${pattern}`;
  let expression = compiled.get(key);
  if (!expression) {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    expression = new RegExp(`^${source}$`, flags);
    if (compiled.size >= MAXIMUM) {
      compiled.clear();
    }
    compiled.set(key, expression);
  }
  return expression.test(text);
}
