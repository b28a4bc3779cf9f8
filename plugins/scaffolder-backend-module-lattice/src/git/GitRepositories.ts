/**
 * What a run published.
 *
 * @public
 */
export interface PublishedRepository {
  /** Hash of the commit `main` points at. */
  commitHash: string;
  /** False: the very same content was there already, published by another run. */
  created: boolean;
}

/** @public */
export interface PublishOptions {
  /** Name of the repository: letters, digits, `.`, `_`, `-`. */
  name: string;
  /** Folder whose files become the first commit. `.gitignore` is honoured. */
  directory: string;
  message: string;
  author: { name: string; email: string };
  /** Identifier of the run, so that the same run can take back what it published. */
  publishedBy: string;
}

/**
 * A file or a folder on `main`.
 *
 * @public
 */
export type RepositoryEntry =
  | { type: 'file'; content: Buffer; commitHash: string }
  | {
      type: 'directory';
      entries: { name: string; type: 'file' | 'directory' }[];
      commitHash: string;
    };

/**
 * Git repositories kept by the portal.
 *
 * @public
 */
export interface GitRepositories {
  /**
   * Makes a repository with one commit on `main`. Publishing the same content again changes nothing.
   *
   * @throws ConflictError when a repository of that name holds other content
   * @throws InputError when the name can't be used or the folder holds no file
   */
  publish(options: PublishOptions): Promise<PublishedRepository>;

  /** Removes the repository, if that run published it. Answers whether it did. */
  removeIfPublishedBy(options: {
    name: string;
    publishedBy: string;
  }): Promise<boolean>;

  /** Names of all repositories, sorted. */
  list(): Promise<string[]>;

  /**
   * Reads a file or folder of `main`. An empty path is the root.
   *
   * @throws NotFoundError when there is no such repository or path
   */
  read(options: { name: string; path: string }): Promise<RepositoryEntry>;

  /**
   * Reads a file of the repository itself as git's HTTP protocol asks for it: `HEAD`, `info/refs`, `objects/…`.
   * See https://git-scm.com/docs/http-protocol ("dumb clients").
   *
   * @throws NotFoundError when there is no such repository or object
   */
  readProtocolFile(options: { name: string; path: string }): Promise<Buffer>;
}
