import type { GitLabIntegrationConfig } from '@backstage/integration';
import { Gitlab } from '@gitbeaker/rest';
import { z } from 'zod';
import type { GitlabRepositoriesConfig } from '../../../config';
import type { RepositoryUrls } from '../../repositoryUrls';
import type {
  GitCredentials,
  HostedChange,
  HostedRepository,
  HostProblem,
  RepositoryHost,
} from '../RepositoryHost';
import { gitlabProblemOf } from './gitlabProblemOf';

interface GitlabHostOptions {
  config: GitlabRepositoriesConfig;
  integration: GitLabIntegrationConfig;
  token: string;
}

/** See https://docs.gitlab.com/api/projects/#get-a-single-project */
const projectSchema = z.object({
  description: z.string().nullish(),
  default_branch: z.string().nullish(),
  archived: z.boolean().default(false),
});

/** See https://docs.gitlab.com/api/merge_requests/#list-merge-requests */
const requestSchema = z.object({
  iid: z.number(),
  web_url: z.string(),
  /** `opened` and `locked` besides those below. */
  state: z.string(),
});

/** A group of GitLab, with the token of `integrations.gitlab`. */
export class GitlabHost implements RepositoryHost {
  readonly title: string;
  readonly place: string;
  readonly needs: string;
  private readonly gitlab: InstanceType<typeof Gitlab>;

  static create(options: GitlabHostOptions): GitlabHost {
    return new GitlabHost(options);
  }

  private constructor(private readonly options: GitlabHostOptions) {
    const { host, group } = options.config;
    this.gitlab = new Gitlab({
      host: options.integration.baseUrl,
      token: options.token,
    });
    this.title = `GitLab at ${host}`;
    this.place = `group ${group}`;
    this.needs = `Look at lattice.repositories, and at integrations.gitlab for ${host}: the token needs the scope api, and the role Owner in ${group} (Maintainer is enough, but can't take back what a failed run made, nor archive).`;
  }

  urls(name: string): RepositoryUrls {
    const browseUrl = `${this.baseUrl()}/${this.options.config.group}/${name}`;
    return {
      remoteUrl: `${browseUrl}.git`,
      browseUrl,
      repoContentsUrl: `${browseUrl}/-/blob/main`,
    };
  }

  nameOf(url: string): string | undefined {
    const before = `${this.baseUrl()}/${this.options.config.group}/`;
    if (!url.toLowerCase().startsWith(before.toLowerCase())) {
      return undefined;
    }
    const [name, separator] = url.slice(before.length).split('/');
    // Anything else is a subgroup with repositories of its own.
    const here = separator === undefined || ['', '-'].includes(separator);
    return here && name ? name.replace(/\.git$/, '') : undefined;
  }

  async credentials(): Promise<GitCredentials> {
    return { username: 'oauth2', password: this.options.token };
  }

  async find(name: string): Promise<HostedRepository | undefined> {
    try {
      const project = projectSchema.parse(
        await this.gitlab.Projects.show(this.path(name)),
      );
      return {
        description: project.description ?? '',
        defaultBranch: project.default_branch ?? 'main',
        archived: project.archived,
      };
    } catch (error) {
      if (this.problemOf(error)?.kind === 'missing') {
        return undefined;
      }
      throw error;
    }
  }

  async create(options: { name: string; description: string }): Promise<void> {
    const { name, description } = options;
    const { group, visibility } = this.options.config;
    const { id } = await this.gitlab.Groups.show(group);
    await this.gitlab.Projects.create({
      name,
      path: name,
      namespaceId: id,
      description,
      visibility,
    });
  }

  async describe(options: {
    name: string;
    description: string;
  }): Promise<void> {
    const { name, description } = options;
    await this.gitlab.Projects.edit(this.path(name), {
      description,
      defaultBranch: 'main',
    });
  }

  async remove(name: string): Promise<void> {
    await this.gitlab.Projects.remove(this.path(name));
  }

  async archive(name: string): Promise<void> {
    await this.gitlab.Projects.archive(this.path(name));
  }

  async findChange(options: {
    name: string;
    branch: string;
  }): Promise<HostedChange | undefined> {
    const found = await this.gitlab.MergeRequests.all({
      projectId: this.path(options.name),
      sourceBranch: options.branch,
      orderBy: 'created_at',
      sort: 'desc',
      perPage: 1,
      maxPages: 1,
    });
    return found.map(toChange).at(0);
  }

  async openChange(options: {
    name: string;
    branch: string;
    into: string;
    title: string;
    description: string;
  }): Promise<HostedChange> {
    const { name, branch, into, title, description } = options;
    return toChange(
      await this.gitlab.MergeRequests.create(
        this.path(name),
        branch,
        into,
        title,
        { description, removeSourceBranch: true },
      ),
    );
  }

  async closeChange(options: { name: string; number: number }): Promise<void> {
    const { name, number } = options;
    await this.gitlab.MergeRequests.edit(this.path(name), number, {
      stateEvent: 'close',
    });
  }

  problemOf(error: unknown): HostProblem | undefined {
    return gitlabProblemOf(error);
  }

  private baseUrl(): string {
    return this.options.integration.baseUrl.replace(/\/+$/, '');
  }

  private path(name: string): string {
    return `${this.options.config.group}/${name}`;
  }
}

function toChange(answer: unknown): HostedChange {
  const { iid, web_url: url, state } = requestSchema.parse(answer);
  const states: Record<string, HostedChange['state']> = {
    merged: 'merged',
    closed: 'closed',
  };
  return { number: iid, url, state: states[state] ?? 'open' };
}
