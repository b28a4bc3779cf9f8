import { nestsTooDeep } from '../parse/nestsTooDeep';

/** As in `assembly/regions.ts`. */
const MOST_BYTES = 16 * 1024;
const FIELD_WORDS = 4;

/** A name that needs no escape. */
const simpleName = /^\w+$/;

/** What is wanted of a field: the number of its value, or where the value stands. */
export type Wanted = 'number' | 'place';
const numberOfWanted: Record<Wanted, number> = { number: 1, place: 2 };

/**
 * How the lines of a log are laid out: which fields they have, in which order, and which of these are texts.
 */
export class LineLayout {
  /**
   * @param line - a line, and what its JSON holds
   * @param wanted - the fields to find: 64 at most. They have their places in this order
   * @returns undefined if the line is laid out in some way that can't be told from others
   */
  static of(
    line: { text: string; fields: Record<string, unknown> },
    wanted: ReadonlyMap<string, Wanted>,
  ): LineLayout | undefined {
    const { text, fields } = line;
    const names = Object.keys(fields);
    if (
      names.length === 0 ||
      !names.every(name => simpleName.test(name) && name !== '__proto__') ||
      nestsTooDeep(fields) ||
      // With spaces, names that come twice, or numbers as names it is not written like that.
      JSON.stringify(fields) !== text
    ) {
      return undefined;
    }
    const description = describe(fields, wanted);
    return description.length <= MOST_BYTES
      ? new LineLayout(description)
      : undefined;
  }

  /** As `assembly/line.ts` wants it. */
  readonly description: Uint8Array;

  private constructor(description: Uint8Array) {
    this.description = description;
  }

  isSameAs(other: LineLayout): boolean {
    return Buffer.compare(this.description, other.description) === 0;
  }
}

function describe(
  fields: Record<string, unknown>,
  wanted: ReadonlyMap<string, Wanted>,
): Uint8Array {
  const names = Object.keys(fields);
  const places = [...wanted.keys()];
  const keys = names.map((name, index) =>
    Buffer.from(`${index === 0 ? '{' : ','}"${name}":`),
  );
  const words = new DataView(
    new ArrayBuffer(4 * (2 + FIELD_WORDS * names.length)),
  );
  let at = 0;
  const add = (word: number) => {
    words.setUint32(at, word, true);
    at += 4;
  };
  add(names.length);
  add(places.length);
  for (const [index, name] of names.entries()) {
    const want = wanted.get(name);
    add(keys[index].length);
    add(typeof fields[name] === 'string' ? 1 : 0);
    add(want === undefined ? 0 : numberOfWanted[want]);
    add(want === undefined ? 0 : places.indexOf(name));
  }
  return Buffer.concat([new Uint8Array(words.buffer), ...keys]);
}
