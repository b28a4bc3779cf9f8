/**
 * Where the files of a store are: a folder or a bucket.
 */
export interface ObjectFolder {
  /** Keys with this prefix, which ends with a slash; also those further below. */
  list(prefix: string): Promise<string[]>;

  /** Takes a file in: whole or not at all, and on disk when it resolves. The file is gone afterwards. */
  take(options: { key: string; file: string }): Promise<void>;

  /** Writes a text, whole or not at all. */
  writeText(key: string, text: string): Promise<void>;

  /** @returns `undefined` if there is none */
  readText(key: string): Promise<string | undefined>;

  /** Removes what is there of these. */
  remove(keys: readonly string[]): Promise<void>;

  /**
   * Paths of files on this machine, for as long as `use` runs.
   *
   * @param scratch - a folder for copies, if there have to be any
   */
  withLocalFiles<T>(
    options: { keys: readonly string[]; scratch: string },
    use: (paths: string[]) => Promise<T>,
  ): Promise<T>;
}
