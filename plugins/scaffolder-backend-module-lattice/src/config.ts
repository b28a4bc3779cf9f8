import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { z } from 'zod';
import { repositoriesBaseUrl } from './git/repositoryUrls';

/** Repositories the portal keeps itself. */
export interface LocalRepositoriesConfig {
  type: 'local';
  directory: string;
  baseUrl: string;
  anonymousRead: boolean;
}

/** Repositories of an organization of GitHub. */
export interface GithubRepositoriesConfig {
  type: 'github';
  /** Host of an entry of `integrations.github`. */
  host: string;
  organization: string;
  visibility: 'private' | 'internal' | 'public';
}

/** Repositories of a group of GitLab. */
export interface GitlabRepositoriesConfig {
  type: 'gitlab';
  /** Host of an entry of `integrations.gitlab`. */
  host: string;
  /** Full path of the group. */
  group: string;
  visibility: 'private' | 'internal' | 'public';
}

/** Where what was scaffolded goes. */
export type RepositoriesConfig =
  | LocalRepositoriesConfig
  | GithubRepositoriesConfig
  | GitlabRepositoriesConfig;

const setTo = (what: string) => ({ error: `set it to ${what}` });

const visibilitySchema = z
  .enum(['private', 'internal', 'public'], setTo('private, internal or public'))
  .default('private');

const repositoriesSchema = z.discriminatedUnion(
  'type',
  [
    z.object({
      type: z.literal('local'),
      directory: z
        .string(setTo('the folder of the repositories'))
        .min(1, setTo('the folder of the repositories')),
      anonymousRead: z.boolean().default(false),
    }),
    z.object({
      type: z.literal('github'),
      host: z.string().min(1).default('github.com'),
      organization: z
        .string(setTo('the name of a GitHub organization, such as acme'))
        .regex(
          /^[A-Za-z0-9][A-Za-z0-9-]*$/,
          setTo('the name of a GitHub organization, such as acme'),
        ),
      visibility: visibilitySchema,
    }),
    z.object({
      type: z.literal('gitlab'),
      host: z.string().min(1).default('gitlab.com'),
      group: z
        .string(setTo('the path of a GitLab group, such as acme/services'))
        .regex(
          /^[A-Za-z0-9_][A-Za-z0-9_.-]*(\/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$/,
          setTo('the path of a GitLab group, such as acme/services'),
        ),
      visibility: visibilitySchema,
    }),
  ],
  setTo('local, github or gitlab'),
);

const provisioningSchema = z.object({
  pollIntervalSeconds: z.number().positive().default(2),
});

/**
 * Reads `lattice.repositories`; without a `type` it is `local`. Undefined: there are no repositories.
 *
 * @throws InputError when the block is wrong
 */
export function readRepositoriesConfig(
  config: RootConfigService,
): RepositoriesConfig | undefined {
  const block = config.getOptional<JsonObject>('lattice.repositories');
  if (block === undefined) {
    return undefined;
  }
  const parsed = parse('lattice.repositories', repositoriesSchema, {
    type: 'local',
    ...block,
  });
  return parsed.type === 'local'
    ? { ...parsed, baseUrl: repositoriesBaseUrl(config) }
    : parsed;
}

/** As {@link readRepositoriesConfig}, for code that only runs where the portal keeps the repositories itself. */
export function requireLocalRepositoriesConfig(
  config: RootConfigService,
): LocalRepositoriesConfig {
  const repositories = readRepositoriesConfig(config);
  if (repositories?.type !== 'local') {
    throw new InputError('lattice.repositories is not of type local');
  }
  return repositories;
}

/**
 * Reads `lattice.provisioning`.
 *
 * @throws InputError when the block is wrong
 */
export function readProvisioningConfig(config: RootConfigService): {
  pollIntervalSeconds: number;
} {
  const block = config.getOptional('lattice.provisioning') ?? {};
  return parse('lattice.provisioning', provisioningSchema, block);
}

/**
 * Groups whose members may build in every account: `permission.latticePlatformGroups`.
 */
export function readPlatformGroups(config: RootConfigService): string[] {
  return (
    config.getOptionalStringArray('permission.latticePlatformGroups') ?? [
      'group:default/platform',
    ]
  );
}

function parse<T>(key: string, schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (!result.success) {
    throw new InputError(
      `Configuration ${key}: ${z.prettifyError(result.error)}`,
    );
  }
  return result.data;
}
