import { nestsTooDeep } from './nestsTooDeep';

/** Text that is written as it is, or a value whose text is to be written. */
type Part = { text: string } | { value: unknown };

/** What `JSON.stringify` makes of what JSON held, however deep it is nested. */
export function jsonTextOf(json: unknown): string {
  if (typeof json !== 'object' || json === null || !nestsTooDeep(json)) {
    return JSON.stringify(json);
  }
  const texts: string[] = [];
  // What comes next is last.
  const rest: Part[] = [{ value: json }];
  for (let part = rest.pop(); part; part = rest.pop()) {
    if ('text' in part) {
      texts.push(part.text);
    } else {
      for (const inner of partsOf(part.value).reverse()) {
        rest.push(inner);
      }
    }
  }
  return texts.join('');
}

function partsOf(value: unknown): Part[] {
  if (typeof value !== 'object' || value === null) {
    return [{ text: JSON.stringify(value) }];
  }
  const isList = Array.isArray(value);
  const parts = Object.entries(value).flatMap(([name, inner], index) => [
    {
      text: `${index === 0 ? '' : ','}${
        isList ? '' : `${JSON.stringify(name)}:`
      }`,
    },
    { value: inner },
  ]);
  return [{ text: isList ? '[' : '{' }, ...parts, { text: isList ? ']' : '}' }];
}
