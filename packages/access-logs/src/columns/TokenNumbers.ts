/** Values that a scanner numbers at a time, and one for those that are not there. */
const PLACES = 32768;

/** Batches that are told apart: a thread fills one for each object that it reads, in turns. A power of two. */
const BATCHES = 8;

/** No number is known. */
export const NOT_KNOWN = -1;

/**
 * The numbers that values have in a batch, by the number that the scanner gave them: faster than by their
 * texts. One for a column of all batches of a thread: what one knows, a later one overwrites.
 */
export class TokenNumbers {
  /** Of the batch, and the number in it. */
  readonly #batches = new Uint32Array(BATCHES * PLACES);
  readonly #numbers = new Uint32Array(BATCHES * PLACES);
  #turn = 0;

  /**
   * @param token - from -1 on, as the scanner gave it
   * @param turn - of the scanner
   * @param batch - a number from 1 on that no other has
   * @returns {@link NOT_KNOWN} if it was not set
   */
  get(token: number, turn: number, batch: number): number {
    if (turn !== this.#turn) {
      this.#turn = turn;
      this.#batches.fill(0);
    }
    const place = placeOf(token, batch);
    return this.#batches[place] === batch ? this.#numbers[place] : NOT_KNOWN;
  }

  /** Of what {@link TokenNumbers.get} was asked for last. */
  set(token: number, batch: number, number: number): number {
    const place = placeOf(token, batch);
    this.#batches[place] = batch;
    this.#numbers[place] = number;
    return number;
  }
}

function placeOf(token: number, batch: number): number {
  return (batch % BATCHES) * PLACES + token + 1;
}
