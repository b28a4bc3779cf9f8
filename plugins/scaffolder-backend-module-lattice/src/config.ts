import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { repositoriesBaseUrl } from './git/repositoryUrls';

/** Where the portal keeps its own repositories. */
export interface RepositoriesConfig {
  directory: string;
  baseUrl: string;
  anonymousRead: boolean;
}

const repositoriesSchema = z.object({
  directory: z.string().min(1),
  anonymousRead: z.boolean().default(false),
});

const provisioningSchema = z.object({
  pollIntervalSeconds: z.number().positive().default(2),
});

/**
 * Reads `lattice.repositories`. Undefined: the portal keeps no repositories.
 *
 * @throws InputError when the block is wrong
 */
export function readRepositoriesConfig(
  config: RootConfigService,
): RepositoriesConfig | undefined {
  const block = config.getOptional('lattice.repositories');
  if (block === undefined) {
    return undefined;
  }
  const parsed = parse('lattice.repositories', repositoriesSchema, block);
  return { ...parsed, baseUrl: repositoriesBaseUrl(config) };
}

/** As {@link readRepositoriesConfig}, for code that only runs where the block is there. */
export function requireRepositoriesConfig(
  config: RootConfigService,
): RepositoriesConfig {
  const repositories = readRepositoriesConfig(config);
  if (!repositories) {
    throw new InputError('lattice.repositories is not configured');
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
