import type { ReaderFactory } from '@backstage/backend-defaults/urlReader';
import type {
  UrlReaderService,
  UrlReaderServiceReadTreeOptions,
  UrlReaderServiceReadUrlOptions,
} from '@backstage/backend-plugin-api';
import { InputError, NotFoundError, NotModifiedError } from '@backstage/errors';
import { Readable } from 'node:stream';
import type { GitRepositories } from './GitRepositories';
import { parseRepositoryUrl } from './repositoryUrls';

type TreeResponseFactory = Parameters<ReaderFactory>[0]['treeResponseFactory'];

interface RepositoryUrlReaderOptions {
  repositories: GitRepositories;
  baseUrl: string;
  treeResponseFactory: TreeResponseFactory;
}

/**
 * Reads files by their address under `/api/lattice-git` straight from the repository, without a detour over HTTP.
 * This is what makes the catalog and `$text: ./openapi.yaml` work.
 */
export class RepositoryUrlReader implements UrlReaderService {
  constructor(private readonly options: RepositoryUrlReaderOptions) {}

  async readUrl(url: string, options?: UrlReaderServiceReadUrlOptions) {
    const { repositories } = this.options;
    const entry = await repositories.read(this.parse(url));
    if (entry.type !== 'file') {
      throw new InputError(`${url} is a folder`);
    }
    if (options?.etag === entry.commitHash) {
      throw new NotModifiedError();
    }
    return {
      buffer: async () => entry.content,
      stream: () => Readable.from([entry.content]),
      etag: entry.commitHash,
    };
  }

  async readTree(url: string, options?: UrlReaderServiceReadTreeOptions) {
    const { name, path } = this.parse(url);
    const { commitHash } = await this.options.repositories.read({ name, path });
    if (options?.etag === commitHash) {
      throw new NotModifiedError();
    }
    const files = await this.collect({ name, root: path, below: '' });
    const wanted = files.filter(
      file =>
        options?.filter?.(file.path, { size: file.content.length }) ?? true,
    );
    const response = await this.options.treeResponseFactory.fromReadableArray(
      wanted.map(file => ({
        path: file.path,
        data: Readable.from([file.content]),
      })),
    );
    return Object.assign(response, { etag: commitHash });
  }

  async search(url: string, options?: { etag?: string }) {
    if (/[*?]/.test(new URL(url).pathname)) {
      throw new InputError(
        `Patterns can't be searched for in the portal's repositories: ${url}`,
      );
    }
    try {
      const file = await this.readUrl(url, options);
      return { files: [{ url, content: file.buffer }], etag: file.etag };
    } catch (error) {
      if (error instanceof NotFoundError) {
        return { files: [], etag: '' };
      }
      throw error;
    }
  }

  toString() {
    return `latticeGit{${this.options.baseUrl}}`;
  }

  private parse(url: string): { name: string; path: string } {
    const parsed = parseRepositoryUrl({ url, baseUrl: this.options.baseUrl });
    if (!parsed) {
      throw new NotFoundError(`${url} names no file on main`);
    }
    return parsed;
  }

  private async collect(options: {
    name: string;
    root: string;
    below: string;
  }): Promise<{ path: string; content: Buffer }[]> {
    const { name, root, below } = options;
    const path = [root, below].filter(Boolean).join('/');
    const entry = await this.options.repositories.read({ name, path });
    if (entry.type === 'file') {
      return [{ path: below, content: entry.content }];
    }
    const inner = entry.entries.map(child =>
      this.collect({
        name,
        root,
        below: below ? `${below}/${child.name}` : child.name,
      }),
    );
    return (await Promise.all(inner)).flat();
  }
}
