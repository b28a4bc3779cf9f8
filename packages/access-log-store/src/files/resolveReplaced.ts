import type { RecordFile } from './layout';

/** A file that was made of others. */
export interface Replacement {
  /** Keys of all files that it stands for, however many steps back. */
  replaces: readonly string[];
  /** Milliseconds since the epoch. */
  madeAt: number;
}

/**
 * The files that others stand for.
 *
 * @remarks
 * A file is replaced if another names it, or names all that it stands for and more: two processes may have
 * replaced files of the same hour, one of which saw more of them.
 *
 * @param replacements - of the files that have one, by key
 */
export function resolveReplaced(
  files: readonly RecordFile[],
  replacements: ReadonlyMap<string, Replacement>,
): Set<string> {
  const replaced = new Set<string>();
  for (const [by, { replaces }] of replacements) {
    const covered = new Set(replaces);
    for (const { key } of files) {
      const own = replacements.get(key)?.replaces;
      const isCovered =
        own &&
        own.length < covered.size &&
        own.every(part => covered.has(part));
      if (key !== by && (covered.has(key) || isCovered)) {
        replaced.add(key);
      }
    }
  }
  return replaced;
}
