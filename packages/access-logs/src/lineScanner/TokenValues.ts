import { type LineScanner, NOT_THERE } from './LineScanner';

/** What is made of values by their numbers, once for each. */
export class TokenValues<T> {
  readonly #scanner: LineScanner;
  readonly #make: (value: unknown) => T;
  readonly #absent: T;
  #values: { value: T }[] = [];
  #turn = 0;

  /** @param make - of what the JSON of a value holds; undefined: the field is not there */
  constructor(scanner: LineScanner, make: (value: unknown) => T) {
    this.#scanner = scanner;
    this.#make = make;
    this.#absent = make(undefined);
  }

  /** @param token - of a line that the scanner found last */
  get(token: number): T {
    if (token === NOT_THERE) {
      return this.#absent;
    }
    if (this.#turn !== this.#scanner.turn) {
      this.#turn = this.#scanner.turn;
      this.#values = [];
    }
    const known = this.#values[token] as { value: T } | undefined;
    return known ? known.value : this.#add(token);
  }

  #add(token: number): T {
    const value = this.#make(this.#scanner.jsonOf(token));
    // Without holes, in which V8 would look things up by name.
    while (this.#values.length < token) {
      this.#values.push(undefined as never);
    }
    this.#values[token] = { value };
    return value;
  }
}
