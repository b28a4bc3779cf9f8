import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { ConfigReader, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { LatticeAccount, LatticeConfig } from './LatticeConfig';

const defaultSchedule = {
  estate: { frequency: { minutes: 1 }, timeout: { minutes: 10 } },
  accessLogs: { frequency: { seconds: 10 }, timeout: { minutes: 30 } },
  accessRequests: { frequency: { seconds: 15 }, timeout: { minutes: 5 } },
  catalog: { frequency: { seconds: 15 }, timeout: { minutes: 5 } },
};

/**
 * Reads the configuration under `lattice`.
 *
 * @throws InputError that names the key which is wrong
 *
 * @public
 */
export function readLatticeConfig(rootConfig: Config): LatticeConfig {
  const config = rootConfig.getOptionalConfig('lattice');
  const defaultRegions = config?.getOptionalStringArray('regions') ?? [];
  const accounts = (config?.getOptionalConfigArray('accounts') ?? []).map(
    (account, index) =>
      readAccount({
        config: account,
        key: `lattice.accounts[${index}]`,
        defaultRegions,
      }),
  );
  const twice = accounts.find(
    ({ accountId }, index) =>
      accounts.findIndex(other => other.accountId === accountId) !== index,
  );
  if (twice) {
    throw new InputError(`lattice.accounts has ${twice.accountId} twice`);
  }
  return {
    accounts,
    roles: {
      reader:
        config?.getOptionalString('roles.reader') ?? 'lattice-portal-reader',
      writer: config?.getOptionalString('roles.writer'),
      provisioner: config?.getOptionalString('roles.provisioner'),
    },
    schedule: {
      estate: readSchedule(config, 'estate'),
      accessLogs: readSchedule(config, 'accessLogs'),
      accessRequests: readSchedule(config, 'accessRequests'),
      catalog: readSchedule(config, 'catalog'),
    },
    accessLogs: {
      startHoursAgo: readPositive(config, 'accessLogs.startHoursAgo', 26),
      retentionDays: readPositive(config, 'accessLogs.retentionDays', 30),
    },
  };
}

function readAccount(options: {
  config: Config;
  key: string;
  defaultRegions: string[];
}): LatticeAccount {
  const { config, key, defaultRegions } = options;
  // YAML reads an unquoted account id as a number, and one that starts with 0 possibly as another one.
  const accountId = config.getOptional('accountId');
  if (typeof accountId !== 'string' || !/^\d{12}$/.test(accountId)) {
    throw new InputError(
      `${key}.accountId has to be a text of 12 digits: put it in quotes`,
    );
  }
  const regions = config.getOptionalStringArray('regions') ?? defaultRegions;
  if (regions.length === 0) {
    throw new InputError(
      `${key}.regions is empty: set it, or lattice.regions for all accounts`,
    );
  }
  return {
    accountId,
    name: config.getOptionalString('name'),
    owner: config.getOptionalString('owner'),
    regions,
  };
}

function readSchedule(
  config: Config | undefined,
  name: keyof typeof defaultSchedule,
): SchedulerServiceTaskScheduleDefinition {
  const schedule = config?.getOptionalConfig(`schedule.${name}`);
  if (!schedule) {
    return { ...defaultSchedule[name] };
  }
  if (schedule.has('timeout')) {
    return readSchedulerServiceTaskScheduleDefinitionFromConfig(schedule);
  }
  return readSchedulerServiceTaskScheduleDefinitionFromConfig(
    new ConfigReader({
      ...schedule.get<Record<string, never>>(),
      timeout: defaultSchedule[name].timeout,
    }),
  );
}

function readPositive(
  config: Config | undefined,
  name: string,
  defaultValue: number,
): number {
  const value = config?.getOptionalNumber(name) ?? defaultValue;
  if (!(value > 0)) {
    throw new InputError(`lattice.${name} has to be more than 0`);
  }
  return value;
}
