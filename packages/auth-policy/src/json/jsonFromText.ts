import { JsonMember, JsonNode, MAX_JSON_DEPTH } from './JsonNode';
import { JsonSyntaxError } from './JsonSyntaxError';

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const QUOTE = 34;
const BACKSLASH = 92;
/** Characters below may not stand in a string. */
const SPACE = 32;
const WORDS: Array<[string, JsonNode]> = [
  ['true', { kind: 'boolean', value: true }],
  ['false', { kind: 'boolean', value: false }],
  ['null', { kind: 'null' }],
];

class JsonReader {
  private readonly text: string;
  private offset = 0;

  constructor(text: string) {
    this.text = text;
  }

  read(): JsonNode {
    const node = this.readValue(0);
    this.skipSpace();
    if (this.offset < this.text.length) {
      throw this.unexpected('end of text');
    }
    return node;
  }

  private readValue(depth: number): JsonNode {
    if (depth > MAX_JSON_DEPTH) {
      throw new JsonSyntaxError('JSON is nested too deep', this.offset);
    }
    this.skipSpace();
    const offset = this.offset;
    const first = this.text[offset];
    if (first === '{') {
      const members = this.readMembers(depth);
      return { kind: 'object', members, offset, end: this.offset };
    }
    if (first === '[') {
      return { kind: 'array', items: this.readItems(depth), offset };
    }
    if (first === '"') {
      return { kind: 'string', value: this.readString(), offset };
    }
    for (const [word, node] of WORDS) {
      if (this.text.startsWith(word, offset)) {
        this.offset += word.length;
        return { ...node, offset };
      }
    }
    const number = this.take(NUMBER);
    if (!number) {
      throw this.unexpected('a value');
    }
    return { kind: 'number', value: Number(number), text: number, offset };
  }

  private readMembers(depth: number): JsonMember[] {
    const members: JsonMember[] = [];
    this.offset += 1;
    if (this.accept('}')) {
      return members;
    }
    do {
      this.skipSpace();
      const offset = this.offset;
      const key = this.readString();
      if (!this.accept(':')) {
        throw this.unexpected('":"');
      }
      members.push({ key, offset, value: this.readValue(depth + 1) });
    } while (this.accept(','));
    if (!this.accept('}')) {
      throw this.unexpected('"," or "}"');
    }
    return members;
  }

  private readItems(depth: number): JsonNode[] {
    const items: JsonNode[] = [];
    this.offset += 1;
    if (this.accept(']')) {
      return items;
    }
    do {
      items.push(this.readValue(depth + 1));
    } while (this.accept(','));
    if (!this.accept(']')) {
      throw this.unexpected('"," or "]"');
    }
    return items;
  }

  private readString(): string {
    const { text, offset } = this;
    if (text.charCodeAt(offset) !== QUOTE) {
      throw this.unexpected('a string');
    }
    let isEscaped = false;
    let end = offset + 1;
    for (; end < text.length; end += 1) {
      const code = text.charCodeAt(end);
      if (code === QUOTE) {
        this.offset = end + 1;
        return isEscaped
          ? this.unescape(offset, end + 1)
          : text.slice(offset + 1, end);
      }
      if (code < SPACE) {
        break;
      }
      if (code === BACKSLASH) {
        isEscaped = true;
        end += 1;
      }
    }
    throw this.unexpected('a string');
  }

  private unescape(start: number, end: number): string {
    try {
      return JSON.parse(this.text.slice(start, end));
    } catch {
      throw new JsonSyntaxError('String holds an invalid escape', start);
    }
  }

  private accept(character: string): boolean {
    this.skipSpace();
    if (this.text[this.offset] !== character) {
      return false;
    }
    this.offset += 1;
    return true;
  }

  private skipSpace(): void {
    const { text } = this;
    let { offset } = this;
    for (; offset < text.length; offset += 1) {
      const code = text.charCodeAt(offset);
      if (
        code > SPACE ||
        !(code === 32 || code === 10 || code === 13 || code === 9)
      ) {
        break;
      }
    }
    this.offset = offset;
  }

  private take(form: RegExp): string | undefined {
    form.lastIndex = this.offset;
    const found = form.exec(this.text)?.[0];
    this.offset += found?.length ?? 0;
    return found;
  }

  private unexpected(wanted: string): JsonSyntaxError {
    const found = this.text[this.offset];
    return new JsonSyntaxError(
      `Expected ${wanted}, but found ${
        found === undefined ? 'the end of the text' : JSON.stringify(found)
      }`,
      this.offset,
    );
  }
}

/**
 * Reads JSON text into nodes with offsets.
 *
 * @throws {@link JsonSyntaxError} with the offset of the first character that is wrong.
 */
export function jsonFromText(text: string): JsonNode {
  return new JsonReader(text).read();
}
