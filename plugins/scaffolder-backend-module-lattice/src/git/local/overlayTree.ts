import git, { type TreeEntry } from 'isomorphic-git';
import fs from 'node:fs';

/** Puts the files of one tree over another's. @returns the new tree */
export async function overlayTree(options: {
  gitdir: string;
  /** Tree or commit. Absent: nothing is below. */
  base?: string;
  /** Tree or commit. */
  over: string;
}): Promise<string> {
  const { gitdir } = options;
  const read = async (oid: string | undefined): Promise<TreeEntry[]> =>
    oid ? (await git.readTree({ fs, gitdir, oid })).tree : [];
  const [below, above] = await Promise.all([
    read(options.base),
    read(options.over),
  ]);
  const entries = new Map(below.map(entry => [entry.path, entry]));
  for (const entry of above) {
    const there = entries.get(entry.path);
    const both = there?.type === 'tree' && entry.type === 'tree';
    const oid = both
      ? await overlayTree({ gitdir, base: there.oid, over: entry.oid })
      : entry.oid;
    entries.set(entry.path, { ...entry, oid });
  }
  return git.writeTree({ fs, gitdir, tree: [...entries.values()] });
}
