import type { Value } from '../schema/Column';

/** A value that stands in SQL as a parameter. */
export type Parameter = Exclude<Value, undefined>;

/** SQL as the engines take it: a question mark for each parameter. */
export interface RenderedSql {
  text: string;
  parameters: Parameter[];
}

/**
 * A piece of SQL that keeps text and values apart.
 *
 * @remarks
 * Only {@link sql} makes text of what stands in the source code; values from elsewhere can't become text.
 */
export class Sql {
  /** Pieces of text, and values as objects. */
  readonly parts: readonly (string | { value: Parameter })[];

  constructor(parts: readonly (string | { value: Parameter })[]) {
    this.parts = parts;
  }

  /** @param placeholder - how a value is written; it may need several parameters */
  render(
    placeholder: (value: Parameter) => RenderedSql = value => ({
      text: '?',
      parameters: [value],
    }),
  ): RenderedSql {
    let text = '';
    const parameters: Parameter[] = [];
    for (const part of this.parts) {
      if (typeof part === 'string') {
        text += part;
      } else {
        const written = placeholder(part.value);
        text += written.text;
        parameters.push(...written.parameters);
      }
    }
    return { text, parameters };
  }
}

/** SQL with values as parameters and other SQL spliced in. */
export function sql(
  texts: TemplateStringsArray,
  ...values: (Parameter | Sql)[]
): Sql {
  const parts: (string | { value: Parameter })[] = [texts[0]];
  for (const [index, value] of values.entries()) {
    if (value instanceof Sql) {
      parts.push(...value.parts);
    } else {
      parts.push({ value });
    }
    parts.push(texts[index + 1]);
  }
  return new Sql(parts);
}

/**
 * The name of a column or table of ours.
 *
 * @throws Error for what is no plain name: names never come from outside
 */
export function name(text: string): Sql {
  if (!/^[a-z][a-z0-9_]*$/.test(text)) {
    throw new Error(`Not a name of a column: ${JSON.stringify(text)}`);
  }
  return new Sql([text]);
}

/** Pieces of SQL with something between them. */
export function join(
  pieces: readonly Sql[],
  between: ', ' | ' AND ' | ' OR ',
): Sql {
  return new Sql(
    pieces.flatMap((piece, index) =>
      index === 0 ? [...piece.parts] : [between, ...piece.parts],
    ),
  );
}

/** A list of values in parentheses. */
export function list(values: readonly Parameter[]): Sql {
  return sql`(${join(
    values.map(value => sql`${value}`),
    ', ',
  )})`;
}

/** A whole number that is written out, where engines take no parameter. */
export function wholeNumber(value: number): Sql {
  if (!Number.isSafeInteger(value)) {
    throw new Error(`Not a whole number: ${value}`);
  }
  return new Sql([String(value)]);
}
