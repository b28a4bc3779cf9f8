import { parseJson } from './parseJson';
import { callFactFields } from './readCallFacts';
import { type RecordFields, RecordLayout } from './RecordLayout';

/** Layouts that are tried: a log has one, and another where some fields are of another type. */
const MOST_LAYOUTS = 4;
/** Then lines differ too much for layouts to be of use. */
const MOST_LEARNED = 32;
/** Longer lines are few. */
const MOST_CHARACTERS = 64 * 1024;

const wanted: ReadonlySet<string> = new Set(callFactFields);

/**
 * Parses lines as `JSON.parse` does. Of a line that is laid out as a call before it was, it reads the
 * fields of {@link callFactFields} alone, in a part of the time.
 */
export class CallFactsParser {
  /** The one of the last line first. */
  readonly #layouts: RecordLayout[] = [];
  #learned = 0;

  /** Undefined: it is no JSON. */
  parse(text: string): unknown {
    if (text.length > MOST_CHARACTERS) {
      return parseJson(text);
    }
    for (const [index, layout] of this.#layouts.entries()) {
      const fields = layout.read(text);
      if (fields) {
        if (index > 0) {
          this.#layouts.splice(index, 1);
          this.#layouts.unshift(layout);
        }
        return fields;
      }
    }
    const json = parseJson(text);
    if (isCall(json)) {
      this.#learn(text, json);
    }
    return json;
  }

  #learn(text: string, fields: RecordFields): void {
    if (this.#learned === MOST_LEARNED) {
      return;
    }
    const layout = RecordLayout.of({ text, fields }, wanted);
    if (layout) {
      this.#learned++;
      this.#layouts.unshift(layout);
      this.#layouts.length = Math.min(this.#layouts.length, MOST_LAYOUTS);
    }
  }
}

function isCall(json: unknown): json is RecordFields {
  return (
    typeof json === 'object' &&
    json !== null &&
    'startTime' in json &&
    !('resourceConfigurationArn' in json)
  );
}
