import { InputError } from '@backstage/errors';
import type {
  GithubCredentialsProvider,
  GithubIntegrationConfig,
} from '@backstage/integration';
import { Octokit } from '@octokit/rest';
import type { GithubRepositoriesConfig } from '../../../config';
import type { RepositoryUrls } from '../../repositoryUrls';
import type {
  GitCredentials,
  HostedChange,
  HostedRepository,
  HostProblem,
  RepositoryHost,
} from '../RepositoryHost';
import { githubProblemOf } from './githubProblemOf';

interface GithubHostOptions {
  config: GithubRepositoriesConfig;
  integration: GithubIntegrationConfig;
  credentialsProvider: GithubCredentialsProvider;
}

/** An organization of GitHub or GitHub Enterprise, with the credentials of `integrations.github`. */
export class GithubHost implements RepositoryHost {
  readonly title: string;
  readonly place: string;
  readonly needs: string;
  private readonly baseUrl: string;
  private readonly apiBaseUrl: string;

  static create(options: GithubHostOptions): GithubHost {
    return new GithubHost(options);
  }

  private constructor(private readonly options: GithubHostOptions) {
    const { host, organization } = options.config;
    this.apiBaseUrl =
      options.integration.apiBaseUrl ?? `https://${host}/api/v3`;
    this.baseUrl = `${new URL(this.apiBaseUrl).protocol}//${host}`;
    this.title = `GitHub at ${host}`;
    this.place = `organization ${organization}`;
    this.needs = `Look at lattice.repositories, and at integrations.github for ${host}: a GitHub App needs the permissions Administration, Contents, Pull requests and Workflows (read and write) in ${organization}, a token the scopes repo and workflow, and delete_repo to take back what a failed run made.`;
  }

  urls(name: string): RepositoryUrls {
    const browseUrl = `${this.baseUrl}/${this.options.config.organization}/${name}`;
    return {
      remoteUrl: `${browseUrl}.git`,
      browseUrl,
      repoContentsUrl: `${browseUrl}/blob/main`,
    };
  }

  nameOf(url: string): string | undefined {
    const { host, organization } = this.options.config;
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    const [owner, name] = parsed?.pathname.split('/').slice(1) ?? [];
    const here =
      parsed?.host === host &&
      owner?.toLowerCase() === organization.toLowerCase();
    return here && name ? name.replace(/\.git$/, '') : undefined;
  }

  async credentials(): Promise<GitCredentials> {
    return { username: 'x-access-token', password: await this.token() };
  }

  async find(name: string): Promise<HostedRepository | undefined> {
    const octokit = await this.octokit();
    try {
      const { data } = await octokit.repos.get(this.repository(name));
      return {
        description: data.description ?? '',
        defaultBranch: data.default_branch,
        archived: data.archived,
      };
    } catch (error) {
      if (this.problemOf(error)?.kind === 'missing') {
        return undefined;
      }
      throw error;
    }
  }

  async create(options: { name: string; description: string }): Promise<void> {
    const { organization: org, visibility } = this.options.config;
    const octokit = await this.octokit();
    await octokit.repos.createInOrg({
      ...options,
      org,
      private: visibility !== 'public',
      // The API takes 'internal' in enterprises; the client's type doesn't know it.
      visibility: visibility as 'private',
    });
  }

  async describe(options: {
    name: string;
    description: string;
  }): Promise<void> {
    const octokit = await this.octokit();
    await octokit.repos.update({
      ...this.repository(options.name),
      description: options.description,
      default_branch: 'main',
    });
  }

  async remove(name: string): Promise<void> {
    const octokit = await this.octokit();
    await octokit.repos.delete(this.repository(name));
  }

  async archive(name: string): Promise<void> {
    const octokit = await this.octokit();
    await octokit.repos.update({ ...this.repository(name), archived: true });
  }

  async findChange(options: {
    name: string;
    branch: string;
  }): Promise<HostedChange | undefined> {
    const octokit = await this.octokit();
    const { data } = await octokit.pulls.list({
      ...this.repository(options.name),
      head: `${this.options.config.organization}:${options.branch}`,
      state: 'all',
      sort: 'created',
      direction: 'desc',
      per_page: 1,
    });
    return data.map(toChange).at(0);
  }

  async openChange(options: {
    name: string;
    branch: string;
    into: string;
    title: string;
    description: string;
  }): Promise<HostedChange> {
    const octokit = await this.octokit();
    const { data } = await octokit.pulls.create({
      ...this.repository(options.name),
      head: options.branch,
      base: options.into,
      title: options.title,
      body: options.description,
    });
    return toChange(data);
  }

  async closeChange(options: { name: string; number: number }): Promise<void> {
    const octokit = await this.octokit();
    await octokit.pulls.update({
      ...this.repository(options.name),
      pull_number: options.number,
      state: 'closed',
    });
  }

  problemOf(error: unknown): HostProblem | undefined {
    return githubProblemOf(error);
  }

  private repository(name: string): { owner: string; repo: string } {
    return { owner: this.options.config.organization, repo: name };
  }

  /** Tokens of GitHub Apps live for an hour, so they are asked for each time; the provider keeps them. */
  private async token(): Promise<string> {
    const { host, organization } = this.options.config;
    const { token } = await this.options.credentialsProvider.getCredentials({
      url: `https://${host}/${organization}`,
    });
    if (!token) {
      throw new InputError(
        `integrations.github has no token for ${organization} on ${host}: install the GitHub App in that organization, or set a token`,
      );
    }
    return token;
  }

  private async octokit(): Promise<Octokit> {
    return new Octokit({ auth: await this.token(), baseUrl: this.apiBaseUrl });
  }
}

function toChange(pull: {
  number: number;
  html_url: string;
  state: string;
  merged_at: string | null;
}): HostedChange {
  const closed = pull.merged_at ? 'merged' : 'closed';
  return {
    number: pull.number,
    url: pull.html_url,
    state: pull.state === 'open' ? 'open' : closed,
  };
}
