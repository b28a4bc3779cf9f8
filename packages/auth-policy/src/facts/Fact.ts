import { KnownText } from '../match/PartialText';

/**
 * What is known of a condition key in one request: its value, its values for a key with
 * many, undefined if the request surely doesn't have the key, or why it is not known.
 */
export type Fact = string | readonly string[] | UnknownFact | undefined;

/** A value that is not known, or not wholly. */
export class UnknownFact {
  /** What would have to be known, or which rule AWS leaves open. */
  readonly reason: string;
  /** Whether the request surely has the key. */
  readonly present: boolean;
  /** All that the value can be. Absent: anything. */
  readonly candidates?: readonly KnownText[];

  private constructor(
    reason: string,
    present: boolean,
    candidates?: readonly KnownText[],
  ) {
    this.reason = reason;
    this.present = present;
    this.candidates = candidates;
  }

  static create(options: {
    reason: string;
    present?: boolean;
    candidates?: readonly KnownText[];
  }): UnknownFact {
    const { reason, present = false, candidates } = options;
    return new UnknownFact(reason, present, candidates);
  }
}

/** Reasons why something evaluated to unknown are noted here, if anybody asks. */
export type Notes = string[] | undefined;
