/** The files of one commit. */
export interface FileTree {
  /** Hash of the commit. */
  commitHash: string;
  /** Content by path, without a leading slash. */
  files: Map<string, Buffer>;
}

/** Paths of the files in a folder and below it; the empty folder is the root. */
export function filesUnder({ files }: FileTree, folder: string): string[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  return [...files.keys()].filter(path => path.startsWith(prefix)).sort();
}
