/**
 * By the number of a target and an outcome: the place of what is counted of them in an hour. These come in
 * any order, of which a list would make a dictionary.
 */
export class PlacesOfHour {
  /** One more than the place. 0: there is none. */
  #places = new Int32Array(64);

  get(end: number): number | undefined {
    // Beyond its end, there is nothing either.
    const known = this.#places[end];
    return known ? known - 1 : undefined;
  }

  set(end: number, place: number): void {
    if (end >= this.#places.length) {
      const larger = new Int32Array(2 ** Math.ceil(Math.log2(end + 1)));
      larger.set(this.#places);
      this.#places = larger;
    }
    this.#places[end] = place + 1;
  }
}
