import type { RepositoryUrls } from '../repositoryUrls';

/** A repository of a host. */
export interface HostedRepository {
  description: string;
  defaultBranch: string;
  archived: boolean;
}

/** A pull or merge request. */
export interface HostedChange {
  number: number;
  url: string;
  state: 'open' | 'merged' | 'closed';
}

/** What git needs to sign in over HTTP. Kept in memory only. */
export interface GitCredentials {
  username: string;
  password: string;
}

/** Why a host didn't do what it was asked. */
export interface HostProblem {
  kind:
    | 'unreachable'
    | 'unauthenticated'
    | 'forbidden'
    | 'missing'
    | 'taken'
    | 'limited'
    | 'refused';
  /** What the host said. */
  message: string;
  /** When it may be asked again; only of `limited`. */
  until?: Date;
}

/**
 * What a source control host does besides git: one organization or group of GitHub or GitLab. Methods throw what the
 * host's client throws; {@link RepositoryHost.problemOf} tells what that means.
 */
export interface RepositoryHost {
  /** For messages: `GitHub at github.com`. */
  title: string;
  /** For messages: `organization acme`. */
  place: string;
  /** For messages: what the credentials have to be allowed, and where they are configured. */
  needs: string;

  urls(name: string): RepositoryUrls;
  /** Name of the repository an address leads to, to the repository itself or a file or folder in it. */
  nameOf(url: string): string | undefined;

  credentials(): Promise<GitCredentials>;

  find(name: string): Promise<HostedRepository | undefined>;
  /** Makes an empty repository. */
  create(options: { name: string; description: string }): Promise<void>;
  /** Makes `main` the default branch. */
  describe(options: { name: string; description: string }): Promise<void>;
  remove(name: string): Promise<void>;
  archive(name: string): Promise<void>;

  /** The newest pull or merge request of a branch. */
  findChange(options: {
    name: string;
    branch: string;
  }): Promise<HostedChange | undefined>;
  openChange(options: {
    name: string;
    branch: string;
    /** Branch it is to be merged into. */
    into: string;
    title: string;
    description: string;
  }): Promise<HostedChange>;
  closeChange(options: { name: string; number: number }): Promise<void>;

  /** Undefined: no answer of the host's, so a fault of ours. */
  problemOf(error: unknown): HostProblem | undefined;
}
