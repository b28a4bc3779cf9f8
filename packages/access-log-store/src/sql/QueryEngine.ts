import type { FileSnapshot } from '../files/FileSnapshot';
import type { Value } from '../schema/Column';
import type { Dialect } from './Dialect';
import type { Statement } from './Statement';

/** Runs statements over the files of a store. */
export interface QueryEngine {
  readonly dialect: Dialect;

  /** Whether files that came after the snapshot may be read too. */
  readonly readsLaterFiles: boolean;

  /**
   * Runs a statement.
   *
   * @returns its rows as they are taken; from then on no other files are read
   */
  ask(options: {
    statement: Statement;
    files: FileSnapshot;
    signal?: AbortSignal;
  }): Promise<AsyncIterable<Value[][]>>;

  close(): Promise<void>;
}
