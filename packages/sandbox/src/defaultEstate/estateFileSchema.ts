import { z } from 'zod';
import { policyRevisionSchema, relativeTimeSchema } from './policySchema';
import {
  behaviourSchema,
  listenerSchema,
  serviceNetworkSchema,
  serviceSchema,
  targetGroupSchema,
} from './latticeSchema';
import { trafficSchema } from './trafficSchema';

const name = z.string().min(1);

const securityGroupRuleSchema = z.strictObject({
  direction: z.enum(['ingress', 'egress']),
  protocol: z.string(),
  fromPort: z.number().int().optional(),
  toPort: z.number().int().optional(),
  cidr: z.string().optional(),
  securityGroupId: z.string().optional(),
  prefixListId: z.string().optional(),
});

const roleSchema = z.strictObject({
  name,
  /** Name of an account, or `*` for one such role in every account. */
  account: name,
  /** Principals that may assume the role. */
  trust: z.array(z.record(z.string(), z.string())),
  /** Inline policies by name. */
  policies: z.record(z.string(), z.record(z.string(), z.unknown())),
  tags: z.record(z.string(), z.string()).default({}),
});

/** An estate file: the accounts of a sandbox, how their targets behave and who calls them. */
export const estateFileSchema = z.strictObject({
  region: z.string(),
  organization: z.strictObject({
    id: z.string(),
    managementAccount: name,
    /** Organizational units; a parent stands before its children. */
    units: z
      .array(z.strictObject({ name, parent: name.optional() }))
      .default([]),
  }),
  accounts: z.array(
    z.strictObject({
      id: z.string().regex(/^\d{12}$/),
      name,
      /** Owner tag of everything in the account that has none of its own. */
      owner: z.string().optional(),
      /** Name of its organizational unit; the root without one. */
      unit: name.optional(),
    }),
  ),
  vpcs: z.array(z.strictObject({ name, account: name, cidr: z.string() })),
  prefixLists: z.array(
    z.strictObject({
      name,
      addressFamily: z.enum(['IPv4', 'IPv6']),
      entries: z.array(z.string()),
    }),
  ),
  securityGroups: z.array(
    z.strictObject({
      name,
      description: z.string(),
      vpc: name,
      rules: z.array(securityGroupRuleSchema),
    }),
  ),
  roles: z.array(roleSchema),
  functions: z
    .array(
      z.strictObject({
        name,
        account: name,
        role: name,
        /** The target group that may invoke the function. */
        targetGroup: name,
        runtime: z.string().default('nodejs22.x'),
        handler: z.string().default('index.handler'),
        /** Inline code. Not needed where a behaviour answers for the function. */
        code: z.string().default(''),
        environment: z.record(z.string(), z.string()).default({}),
        timeoutSeconds: z.number().positive().default(3),
      }),
    )
    .default([]),
  buckets: z.array(z.strictObject({ name, account: name })).default([]),
  serviceNetworks: z.array(serviceNetworkSchema),
  targetGroups: z.array(targetGroupSchema),
  services: z.array(serviceSchema),
  behaviours: z.array(behaviourSchema).default([]),
  traffic: trafficSchema.default({ seed: 1, rows: [] }),
});

/** A parsed estate file. */
export type EstateFile = z.infer<typeof estateFileSchema>;

export type PolicyRevision = z.infer<typeof policyRevisionSchema>;
export type RelativeTime = z.infer<typeof relativeTimeSchema>;
export type ListenerEntry = z.infer<typeof listenerSchema>;
