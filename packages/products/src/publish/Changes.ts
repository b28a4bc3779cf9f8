/** The changes of one publication, made or, in a dry run, only told. */
export class Changes {
  readonly #made: string[] = [];

  constructor(
    private readonly options: { dryRun: boolean; log: (line: string) => void },
  ) {}

  /** Tells a change and makes it. In a dry run it is not made, and the result is `undefined`. */
  async change<T>(
    description: string,
    make: () => Promise<T>,
  ): Promise<T | undefined> {
    const { dryRun, log } = this.options;
    this.#made.push(description);
    if (dryRun) {
      log(`would ${description}`);
      return undefined;
    }
    const result = await make();
    log(description);
    return result;
  }

  /** Tells something that is left as it is, for a person to look at. */
  note(text: string): void {
    this.options.log(`note: ${text}`);
  }

  /** What changed, or would, in order. */
  get made(): readonly string[] {
    return this.#made;
  }
}
