import git from 'isomorphic-git';
import http from 'isomorphic-git/http/node';
import fs from 'node:fs';
import type { GitCredentials } from './RepositoryHost';

const REFS = ['refs/heads/', 'refs/lattice/'];

/**
 * Git over HTTP with one remote repository. Credentials are handed over in memory: they are in no URL, no
 * configuration file and no argument of a process.
 */
export class RemoteGit {
  static create(options: {
    url: string;
    /** Bare repository on this machine. */
    gitdir: string;
    credentials: GitCredentials;
  }): RemoteGit {
    return new RemoteGit(options.url, options.gitdir, options.credentials);
  }

  private constructor(
    private readonly url: string,
    private readonly gitdir: string,
    private readonly credentials: GitCredentials,
  ) {}

  /** Branches and the portal's own refs, by their full names. */
  async refs(): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (const prefix of REFS) {
      const refs = await git.listServerRefs({
        ...this.access(),
        http,
        url: this.url,
        prefix,
      });
      for (const { ref, oid } of refs) {
        found.set(ref, oid);
      }
    }
    return found;
  }

  /** Fetches the newest commit of a ref without its history. */
  async fetch(ref: string): Promise<void> {
    await git.setConfig({
      fs,
      gitdir: this.gitdir,
      path: 'remote.origin.fetch',
      value: '+refs/*:refs/remotes/origin/*',
    });
    await git.fetch({
      ...this.access(),
      fs,
      http,
      gitdir: this.gitdir,
      url: this.url,
      ref,
      remoteRef: ref,
      singleBranch: true,
      depth: 1,
      tags: false,
    });
  }

  /** Makes a ref of the remote point at a commit that is here. */
  async push(options: {
    commit: string;
    ref: string;
    /** Even where commits of the remote are lost by it. */
    force?: boolean;
  }): Promise<void> {
    const { gitdir } = this;
    const from = 'refs/lattice/pushing';
    await git.writeRef({
      fs,
      gitdir,
      ref: from,
      value: options.commit,
      force: true,
    });
    await git.push({
      ...this.access(),
      fs,
      http,
      gitdir,
      url: this.url,
      ref: from,
      remoteRef: options.ref,
      force: options.force,
    });
  }

  /** Removes a ref of the remote. */
  async remove(ref: string): Promise<void> {
    const { gitdir } = this;
    await git.push({
      ...this.access(),
      fs,
      http,
      gitdir,
      url: this.url,
      ref: 'HEAD',
      remoteRef: ref,
      delete: true,
    });
  }

  private access() {
    return {
      onAuth: () => this.credentials,
      onAuthFailure: () => ({ cancel: true }),
    };
  }
}
