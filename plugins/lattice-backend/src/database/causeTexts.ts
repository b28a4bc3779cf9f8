import { hash } from 'node:crypto';
import type { CauseRow } from '../ingest/rollUp';

/** What words are sought in: the parts of a cause, each with the columns that it is made of. */
export const causeParts = {
  origin: ['caller_id', 'caller_account_id', 'source_vpc_id'],
  service: ['service_arn'],
  call: ['method', 'path_shape'],
} as const;

export type CausePart = keyof typeof causeParts;

/** The columns of a cause that hold the numbers of its texts. */
export const numberColumns = {
  origin: 'origin_number',
  service: 'service_number',
  call: 'call_number',
} as const satisfies Record<CausePart, string>;

type CauseNumbers = Record<(typeof numberColumns)[CausePart], number>;

/** A text that many causes share. */
interface DeniedText {
  number: number;
  part: CausePart;
  text: string;
}

/**
 * The number of a text: the same in every process, so that nobody has to look it up. It is 52 bits of a
 * hash, as many as a number holds exactly.
 */
export function textNumber(part: CausePart, text: string): number {
  return parseInt(hash('sha256', `${part} ${text}`).slice(0, 13), 16);
}

/**
 * The texts of causes, each once.
 */
export class CauseTexts {
  readonly #texts: Record<CausePart, Map<string, DeniedText>> = {
    origin: new Map(),
    service: new Map(),
    call: new Map(),
  };

  /** Those that were asked for. */
  all(): DeniedText[] {
    return Object.values(this.#texts).flatMap(texts => [...texts.values()]);
  }

  numbersOf(cause: CauseRow): CauseNumbers {
    return {
      origin_number: this.#numberOf('origin', cause),
      service_number: this.#numberOf('service', cause),
      call_number: this.#numberOf('call', cause),
    };
  }

  #numberOf(part: CausePart, cause: CauseRow): number {
    // No word has a space in it, so none is found where one column ends and the next begins.
    const text = causeParts[part].map(column => cause[column]).join(' ');
    const texts = this.#texts[part];
    let known = texts.get(text);
    if (!known) {
      known = { number: textNumber(part, text), part, text };
      texts.set(text, known);
    }
    return known.number;
  }
}
