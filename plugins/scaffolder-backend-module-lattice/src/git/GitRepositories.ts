import type { RepositoryUrls } from './repositoryUrls';

/**
 * Which template wrote a repository, and for whom. Only the same template for the same owner may write it again.
 *
 * @public
 */
export interface RepositoryOrigin {
  /** Entity reference. */
  template: string;
  /** Entity reference. */
  owner: string;
}

/**
 * What became of publishing.
 *
 * @public
 */
export interface PublishedRepository {
  /** Hash of the commit `main` points at. */
  commitHash: string;
  /** Whether this run made the repository. */
  created: boolean;
  /** Whether this run changed a repository that was there. */
  updated: boolean;
  /** Where the change waits to be merged; absent: `main` has it. */
  changeUrl?: string;
}

/** @public */
export interface PublishOptions {
  /** Name of the repository: letters, digits, `.`, `_`, `-`. */
  name: string;
  /** Folder whose files are published. `.gitignore` is honoured. */
  directory: string;
  message: string;
  author: { name: string; email: string };
  /** Identifier of the run, so that the same run can take back what it published. */
  publishedBy: string;
  /** Absent: what is made now is never written again. */
  origin?: RepositoryOrigin;
  /** Whether a repository of that origin that is there may be changed. */
  mayUpdate: boolean;
  /** One sentence for hosts that show one. */
  description?: string;
}

/** @public */
export interface ChangeOptions {
  name: string;
  /** Name of the new branch. */
  branch: string;
  /** Folder whose files are added to those of `main`, or take their place. */
  directory: string;
  /** First line of the commit, and title of the pull or merge request. */
  title: string;
  /** Text of the pull or merge request. */
  description?: string;
  author: { name: string; email: string };
}

/**
 * A change that waits on a branch.
 *
 * @public
 */
export interface ProposedChange {
  /** False: `main` has it all already, so there is no branch. */
  changed: boolean;
  /** Page of the pull or merge request, else of the branch; of the repository where nothing changed. */
  url: string;
  commitHash: string;
}

/**
 * Files that take the place of those on the branch that counts, at once.
 *
 * @public
 */
export type OverwriteOptions = Omit<ChangeOptions, 'branch' | 'description'>;

/**
 * A file or a folder of a branch.
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
 * Where the portal puts what was scaffolded.
 *
 * @public
 */
export interface SourceRepositories {
  /** The addresses of a repository, whether or not it is there. */
  urls(name: string): RepositoryUrls;

  /** Name of the repository that an address leads to; undefined when it is none of these. */
  nameOf(url: string): string | undefined;

  /**
   * Makes a repository with one commit on `main`. Publishing the same content again changes nothing. What the same
   * template wrote before for the same owner is changed as far as the template's own output changed; what people
   * wrote stays.
   *
   * @throws ConflictError when a repository of that name is another's, or people changed what the template changes
   * @throws InputError when the name can't be used or the folder holds no file
   */
  publish(options: PublishOptions): Promise<PublishedRepository>;

  /**
   * Takes back what a run published. Undefined: it published nothing there, or people have built on it since.
   */
  takeBack(options: {
    name: string;
    publishedBy: string;
  }): Promise<'removed' | 'reverted' | undefined>;

  /**
   * Puts files on a new branch of a repository. The same again changes nothing.
   *
   * @throws NotFoundError when there is no such repository
   * @throws ConflictError when the branch is there and holds something else, or the repository is archived
   */
  change(options: ChangeOptions): Promise<ProposedChange>;

  /**
   * Puts files on the default branch (`main`, unless people chose another), without review. The same again changes
   * nothing.
   *
   * @returns the commit the branch points at then
   * @throws NotFoundError when there is no such repository
   * @throws NotAllowedError when the branch is protected from the portal
   * @throws ConflictError when the repository is archived
   */
  overwrite(options: OverwriteOptions): Promise<string>;

  /**
   * Reads a file or folder of the default branch. An empty path is the root.
   *
   * @throws NotFoundError when there is no such repository or path
   */
  read(options: { name: string; path: string }): Promise<RepositoryEntry>;

  /** Makes a repository read-only for good. Undefined: there is none of that name. */
  archive(options: {
    name: string;
  }): Promise<'archived' | 'archived before' | undefined>;
}

/**
 * Git repositories kept by the portal.
 *
 * @public
 */
export interface GitRepositories extends SourceRepositories {
  /** Names of all repositories, sorted. */
  list(): Promise<string[]>;

  /** Whether the repository is archived. */
  isArchived(options: { name: string }): Promise<boolean>;

  /**
   * Reads a file or folder of a branch. An empty path is the root.
   *
   * @throws NotFoundError when there is no such repository, branch or path
   */
  read(options: {
    name: string;
    path: string;
    /** Default: `main`. */
    branch?: string;
  }): Promise<RepositoryEntry>;

  /**
   * Reads a file of the repository itself as git's HTTP protocol asks for it: `HEAD`, `info/refs`, `objects/…`.
   * See https://git-scm.com/docs/http-protocol ("dumb clients").
   *
   * @throws NotFoundError when there is no such repository or object
   */
  readProtocolFile(options: { name: string; path: string }): Promise<Buffer>;
}
