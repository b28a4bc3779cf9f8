import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

const KEY = 'lattice.accessLogs.store';

const limits = {
  timeoutSeconds: z.number().positive().max(3600).default(120),
  memoryLimit: z.int().min(64).default(512),
  threads: z.int().min(1).max(64).default(2),
  processes: z.int().min(1).max(64).default(2),
};

const storeSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('embedded'),
    directory: z.string().min(1),
    ...limits,
  }),
  z.strictObject({
    type: z.literal('athena'),
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'is no AWS Region'),
    bucket: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'is no name of a bucket'),
    database: z
      .string()
      .regex(/^[a-z0-9_]+$/, 'is no name of a database')
      .default('lattice_portal'),
    workGroup: z
      .string()
      .regex(/^[A-Za-z0-9._-]{1,128}$/, 'is no name of a workgroup')
      .default('lattice-portal'),
    firstDay: z.iso.date('is no day as yyyy-MM-dd').default('2023-01-01'),
    roleArn: z
      .string()
      .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/, 'is no ARN of a role')
      .optional(),
    ...limits,
  }),
]);

/**
 * What a store may use.
 *
 * @public
 */
export interface StoreLimits {
  /** Seconds that a question may take. */
  timeoutSeconds: number;
  /** What DuckDB aims at in each of its processes, in megabytes. */
  memoryLimit: number;
  /** Threads of each of DuckDB's processes. */
  threads: number;
  /** Questions and writes at the same time; more wait. */
  processes: number;
}

/**
 * A store in a folder of this machine.
 *
 * @public
 */
export interface EmbeddedStoreConfig extends StoreLimits {
  type: 'embedded';
  directory: string;
}

/**
 * A store in Amazon S3, asked through Amazon Athena.
 *
 * @public
 */
export interface AthenaStoreConfig extends StoreLimits {
  type: 'athena';
  region: string;
  bucket: string;
  database: string;
  workGroup: string;
  /** First day that the tables have, as yyyy-MM-dd in UTC. */
  firstDay: string;
  /** Absent: the portal's own credentials. */
  roleArn?: string;
}

/**
 * Which store to use, and what it may use: `lattice.accessLogs.store`, with defaults filled in.
 *
 * @public
 */
export type StoreConfig = EmbeddedStoreConfig | AthenaStoreConfig;

/**
 * Reads `lattice.accessLogs.store`.
 *
 * @returns `undefined` if there is none: no records are kept
 * @throws InputError that says which setting is wrong, and how
 *
 * @public
 */
export function readStoreConfig(config: Config): StoreConfig | undefined {
  const given = config.getOptional(KEY);
  if (given === undefined) {
    return undefined;
  }
  const read = storeSchema.safeParse(given);
  if (!read.success) {
    const problems = read.error.issues.map(
      ({ path, message }) => `${[KEY, ...path].join('.')}: ${message}`,
    );
    throw new InputError(`Invalid configuration. ${problems.join('; ')}`);
  }
  return read.data;
}
