/**
 * A JSON value that remembers where it stood.
 *
 * Objects are lists of members, so that a key given twice is seen and `__proto__` is a
 * key like any other.
 */
export type JsonNode =
  | JsonScalar
  | { kind: 'array'; items: JsonNode[]; offset?: number }
  | {
      kind: 'object';
      members: JsonMember[];
      offset?: number;
      /** Behind the closing brace. */
      end?: number;
    };

export type JsonScalar =
  | { kind: 'string'; value: string; offset?: number }
  | {
      kind: 'number';
      value: number;
      /** As written in the text, or as JavaScript prints it. */
      text: string;
      offset?: number;
    }
  | { kind: 'boolean'; value: boolean; offset?: number }
  | { kind: 'null'; offset?: number };

export interface JsonMember {
  key: string;
  /** Of the key. */
  offset?: number;
  value: JsonNode;
}

/** Deeper JSON is no policy; the limit keeps hostile input from exhausting the stack. */
export const MAX_JSON_DEPTH = 32;
