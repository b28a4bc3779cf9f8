import git from 'isomorphic-git';
import fs from 'node:fs';

/** What the portal writes into the configuration of a repository of its own: section `lattice`. */
export interface RepositoryRecord {
  /** Run that made it. */
  publishedby?: string;
  /** Entity reference. */
  template?: string;
  /** Entity reference. */
  owner?: string;
  /** ISO 8601. */
  archived?: string;
  /** Run that changed it last. */
  updatedby?: string;
  /** Commit of `main` before that change. */
  before?: string;
  /** Commit of `main` after it. */
  after?: string;
  /** Commit of the template's output before it. */
  renderedbefore?: string;
}

const KEYS: (keyof RepositoryRecord)[] = [
  'publishedby',
  'template',
  'owner',
  'archived',
  'updatedby',
  'before',
  'after',
  'renderedbefore',
];

/** Reads the record; empty where there is no repository. */
export async function readRecord(gitdir: string): Promise<RepositoryRecord> {
  const record: RepositoryRecord = {};
  for (const key of KEYS) {
    const value = await git
      .getConfig({ fs, gitdir, path: `lattice.${key}` })
      .catch(() => undefined);
    if (value !== undefined) {
      record[key] = String(value);
    }
  }
  return record;
}

/** Writes values of the record; undefined ones are taken out. */
export async function writeRecord(
  gitdir: string,
  record: RepositoryRecord,
): Promise<void> {
  for (const [key, value] of Object.entries(record)) {
    await git.setConfig({ fs, gitdir, path: `lattice.${key}`, value });
  }
}
