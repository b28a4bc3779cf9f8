import type { RootConfigService } from '@backstage/backend-plugin-api';

/**
 * Address of the repositories as people and the catalog know it: `<backend.baseUrl>/api/lattice-git`.
 */
export function repositoriesBaseUrl(config: RootConfigService): string {
  const backend = config.getString('backend.baseUrl').replace(/\/+$/, '');
  return `${backend}/api/lattice-git`;
}

/**
 * Addresses of one repository.
 *
 * @public
 */
export interface RepositoryUrls {
  /** For `git clone`. */
  remoteUrl: string;
  /** The page that shows the files. */
  browseUrl: string;
  /** Address of a file is this, a slash and the path. */
  repoContentsUrl: string;
}

/** The addresses of a repository. */
export function repositoryUrls(options: {
  baseUrl: string;
  name: string;
}): RepositoryUrls {
  const browseUrl = `${options.baseUrl}/${encodeURIComponent(options.name)}`;
  return {
    remoteUrl: `${browseUrl}.git`,
    browseUrl,
    repoContentsUrl: `${browseUrl}/blob/main`,
  };
}

/** The page of a branch. */
export function branchUrl(options: {
  baseUrl: string;
  name: string;
  branch: string;
}): string {
  const { browseUrl } = repositoryUrls(options);
  return `${browseUrl}/tree/${encodeURIComponent(options.branch)}`;
}

/**
 * Takes the address of a file or folder on `main` apart. `blob`, `tree` and `raw` all name the same thing.
 * Undefined when the address isn't one of these repositories'.
 */
export function parseRepositoryUrl(options: {
  baseUrl: string;
  url: string;
}): { name: string; path: string } | undefined {
  if (!options.url.startsWith(`${options.baseUrl}/`)) {
    return undefined;
  }
  const { pathname } = new URL(options.url);
  const rest = pathname.slice(new URL(options.baseUrl).pathname.length + 1);
  const [name, view, branch, ...path] = rest.split('/').map(decodePart);
  const known = ['blob', 'tree', 'raw'].includes(view) && branch === 'main';
  return known ? { name, path: path.join('/') } : undefined;
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
