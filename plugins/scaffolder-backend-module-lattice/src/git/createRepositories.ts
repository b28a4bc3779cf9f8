import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import {
  type GithubRepositoriesConfig,
  type GitlabRepositoriesConfig,
  readRepositoriesConfig,
} from '../config';
import type { SourceRepositories } from './GitRepositories';
import { GithubHost } from './hosted/github/GithubHost';
import { GitlabHost } from './hosted/gitlab/GitlabHost';
import { HostedRepositories } from './hosted/HostedRepositories';
import { LocalGitRepositories } from './LocalGitRepositories';

/**
 * The repositories that `lattice.repositories` names, with the credentials of `integrations`. Undefined: none.
 *
 * @throws InputError saying what is to be set
 */
export function createRepositories(
  config: RootConfigService,
): SourceRepositories | undefined {
  const kept = readRepositoriesConfig(config);
  switch (kept?.type) {
    case 'local':
      return LocalGitRepositories.create(kept);
    case 'github':
      return HostedRepositories.create({ host: githubHost(config, kept) });
    case 'gitlab':
      return HostedRepositories.create({ host: gitlabHost(config, kept) });
    default:
      return undefined;
  }
}

function githubHost(
  root: RootConfigService,
  config: GithubRepositoriesConfig,
): GithubHost {
  const integrations = ScmIntegrations.fromConfig(root);
  const integration = integrations.github.byHost(config.host)?.config;
  if (!integration?.token && !integration?.apps?.length) {
    throw new InputError(
      `lattice.repositories publishes to ${config.host}, but integrations.github has no token or apps for that host. Set one of them.`,
    );
  }
  return GithubHost.create({
    config,
    integration,
    credentialsProvider:
      DefaultGithubCredentialsProvider.fromIntegrations(integrations),
  });
}

function gitlabHost(
  root: RootConfigService,
  config: GitlabRepositoriesConfig,
): GitlabHost {
  const integrations = ScmIntegrations.fromConfig(root);
  const integration = integrations.gitlab.byHost(config.host)?.config;
  if (!integration?.token) {
    throw new InputError(
      `lattice.repositories publishes to ${config.host}, but integrations.gitlab has no token for that host. Set it.`,
    );
  }
  return GitlabHost.create({ config, integration, token: integration.token });
}
