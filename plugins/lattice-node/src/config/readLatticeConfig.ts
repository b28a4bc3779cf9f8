import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { ConfigReader, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
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
    accessLogs: readAccessLogs(config),
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

// Numbers out of the environment are text.
const positive = z.coerce.number().positive('has to be more than 0');
const days = positive.optional();

const accessLogsSchema = z
  .object({
    startHoursAgo: positive.default(26),
    lateDays: positive.default(14),
    proxyLogGroups: z
      .array(
        z.object({
          accountId: z
            .string('has to be a text of 12 digits: put it in quotes')
            .regex(/^\d{12}$/, 'has to be a text of 12 digits'),
          region: z.string().min(1),
          name: z.string().min(1),
        }),
      )
      .default([]),
    retentionDays: positive.default(30),
    retention: z
      .object({
        deniedRequestDays: days,
        outcomeDays: days,
        edgeDays: days,
        causeDays: days,
        unparsedLineDays: days,
        recordDays: days,
      })
      .default({}),
  })
  .transform(({ retentionDays, retention, ...rest }) => ({
    ...rest,
    retention: {
      deniedRequestDays: retention.deniedRequestDays ?? retentionDays,
      outcomeDays: retention.outcomeDays ?? retentionDays,
      edgeDays: retention.edgeDays ?? retentionDays,
      causeDays: retention.causeDays ?? retentionDays,
      unparsedLineDays: retention.unparsedLineDays ?? retentionDays,
      recordDays: retention.recordDays ?? retentionDays,
    },
  }));

function readAccessLogs(
  config: Config | undefined,
): LatticeConfig['accessLogs'] {
  const value = config?.getOptional('accessLogs') ?? {};
  const result = accessLogsSchema.safeParse(value);
  if (!result.success) {
    const [{ path, message }] = result.error.issues;
    const key = ['lattice', 'accessLogs', ...path].join('.');
    throw new InputError(`${key} ${message}`);
  }
  return result.data;
}
