/** Characters that stand for themselves in a JSON text, as far as they are ASCII. */
const PLAIN = '[ !#-\\[\\]-~]*';
const ESCAPE = '\\\\(?:["\\\\/bfnrt]|u[0-9a-fA-F]{4})';
const STRING = `"${PLAIN}(?:${ESCAPE}${PLAIN})*"`;
const NUMBER = '-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?';
const LITERAL = `(?:${NUMBER}|true|false|null)`;
const SCALAR = `(?:${STRING}|${LITERAL})`;
const OBJECT = `\\{(?:${STRING}:${SCALAR}(?:,${STRING}:${SCALAR})*)?\\}`;
/** A name that needs no escape in JSON or in a regular expression. */
const simpleName = /^\w+$/;

/** What a line's JSON holds, by name. */
export type RecordFields = Record<string, unknown>;

/**
 * How the lines of a log are laid out: which fields they have, in which order. Reads the fields that are
 * wanted out of lines that are laid out the same, and says what `JSON.parse` says, in a part of its time.
 */
export class RecordLayout {
  /**
   * @param line - a line, and what its JSON holds
   * @param wanted - names of the fields to read
   * @returns undefined if the line is laid out in some way that can't be told from others
   */
  static of(
    line: { text: string; fields: RecordFields },
    wanted: ReadonlySet<string>,
  ): RecordLayout | undefined {
    const { text, fields } = line;
    // With spaces, names that come twice, or numbers as names it is not written like that.
    if (JSON.stringify(fields) !== text) {
      return undefined;
    }
    const names = Object.keys(fields);
    if (!names.every(name => simpleName.test(name) && name !== '__proto__')) {
      return undefined;
    }
    return new RecordLayout(
      names.map(name => ({
        name,
        isWanted: wanted.has(name),
        isText: typeof fields[name] === 'string',
      })),
    );
  }

  readonly #pattern: RegExp;
  readonly #read: (parts: RegExpExecArray) => RecordFields;

  private constructor(
    fields: { name: string; isWanted: boolean; isText: boolean }[],
  ) {
    const patterns = fields.map(
      ({ name, isWanted, isText }) =>
        `"${name}":${
          isWanted ? wantedPattern(isText) : skippedPattern(isText)
        }`,
    );
    this.#pattern = new RegExp(`^\\{${patterns.join(',')}\\}$`);
    this.#read = readerOf(fields.filter(({ isWanted }) => isWanted));
  }

  /** The wanted fields of a line. Undefined: it is laid out in another way, or is no JSON. */
  read(text: string): RecordFields | undefined {
    const parts = this.#pattern.exec(text);
    return parts ? this.#read(parts) : undefined;
  }
}

/** With one group. A text that needs no more than its quotes taken off is captured without them. */
function wantedPattern(isText: boolean): string {
  return isText ? `"(${PLAIN})"` : `(${LITERAL}|"${PLAIN}")`;
}

function skippedPattern(isText: boolean): string {
  return isText ? STRING : `(?:${SCALAR}|${OBJECT})`;
}

function readerOf(
  fields: { name: string; isText: boolean }[],
): (parts: RegExpExecArray) => RecordFields {
  return parts => {
    const record: RecordFields = {};
    for (let index = 0; index < fields.length; index++) {
      const { name, isText } = fields[index];
      const part = parts[index + 1];
      record[name] = isText ? part : JSON.parse(part);
    }
    return record;
  };
}
