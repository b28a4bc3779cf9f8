import type { FileSnapshot } from '../files/FileSnapshot';
import type { Sql } from './Sql';

/** In what the engines differ. All other SQL is the same for both. */
export interface Dialect {
  /** True for the rows of the files that a question may see. */
  isVisible(files: FileSnapshot): Sql;
}
