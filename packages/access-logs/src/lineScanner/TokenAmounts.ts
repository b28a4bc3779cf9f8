import { type LineScanner, NOT_THERE } from './LineScanner';

/** As in `assembly/tokens.ts`. */
const MOST_TOKENS = 32767;

/** No amount is that. */
const NOT_MADE = Number.NEGATIVE_INFINITY;

/** As {@link TokenValues}, of numbers: where those stand one beside the other they are come by much faster. */
export class TokenAmounts {
  readonly #scanner: LineScanner;
  readonly #make: (value: unknown) => number | undefined;
  /** Of what is not there, then by the numbers of values. */
  readonly #amounts = new Float64Array(MOST_TOKENS + 1).fill(NOT_MADE);
  #turn = 0;

  /** @param make - as of {@link TokenValues}; what it makes is finite */
  constructor(
    scanner: LineScanner,
    make: (value: unknown) => number | undefined,
  ) {
    this.#scanner = scanner;
    this.#make = make;
  }

  /**
   * @param token - of a line that the scanner found last
   * @returns not a number: nothing could be made of it
   */
  get(token: number): number {
    if (this.#turn !== this.#scanner.turn) {
      this.#turn = this.#scanner.turn;
      this.#amounts.fill(NOT_MADE);
    }
    const known = this.#amounts[token + 1];
    if (known !== NOT_MADE) {
      return known;
    }
    const json = token === NOT_THERE ? undefined : this.#scanner.jsonOf(token);
    const amount = this.#make(json) ?? Number.NaN;
    this.#amounts[token + 1] = amount;
    return amount;
  }
}
