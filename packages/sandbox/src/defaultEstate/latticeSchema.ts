import { z } from 'zod';
import { policyRevisionSchema, relativeTimeSchema } from './policySchema';

const name = z.string().min(1);
const tags = z.record(z.string(), z.string()).default({});
const authType = z.enum(['NONE', 'AWS_IAM']);
const latency = z.tuple([z.number().min(0), z.number().min(0)]);

const accessLogSchema = z.union([
  z.strictObject({ logGroup: name }),
  z.strictObject({ bucket: name }),
]);

export const serviceNetworkSchema = z.strictObject({
  name,
  account: name,
  authType,
  created: relativeTimeSchema,
  tags,
  /** Accounts the network is shared with through AWS RAM. */
  sharedWith: z.array(name).default([]),
  /** VPC associations. */
  vpcs: z.array(
    z.strictObject({ vpc: name, securityGroups: z.array(name).default([]) }),
  ),
  accessLogs: z.array(accessLogSchema).default([]),
  policies: z.array(policyRevisionSchema).default([]),
});

const actionSchema = z.union([
  z.strictObject({
    forward: z.array(
      z.strictObject({ targetGroup: name, weight: z.number().optional() }),
    ),
  }),
  z.strictObject({ fixedResponse: z.number().int() }),
]);

const pathSchema = z.union([
  z.strictObject({
    exact: z.string(),
    caseSensitive: z.boolean().optional(),
  }),
  z.strictObject({
    prefix: z.string(),
    caseSensitive: z.boolean().optional(),
  }),
]);

export const listenerSchema = z.strictObject({
  name,
  protocol: z.enum(['HTTP', 'HTTPS']),
  port: z.number().int(),
  default: actionSchema,
  rules: z
    .array(
      z.strictObject({
        name,
        priority: z.number().int(),
        method: z.string().optional(),
        path: pathSchema.optional(),
        action: actionSchema,
      }),
    )
    .default([]),
});

export const serviceSchema = z.strictObject({
  name,
  account: name,
  authType,
  /** The service network it is associated with. */
  network: name,
  created: relativeTimeSchema,
  tags,
  customDomainName: z.string().optional(),
  certificateArn: z.string().optional(),
  accessLogs: z.array(accessLogSchema).default([]),
  listeners: z.array(listenerSchema),
  policies: z.array(policyRevisionSchema).default([]),
});

export const targetGroupSchema = z.strictObject({
  name,
  account: name,
  type: z.enum(['LAMBDA', 'ALB', 'IP', 'INSTANCE']),
  config: z.record(z.string(), z.unknown()).optional(),
  targets: z.array(
    z.strictObject({ id: z.string(), port: z.number().int().optional() }),
  ),
});

const routeSchema = z.strictObject({
  method: z.string().optional(),
  /** Ends in `*` for a prefix. */
  path: z.string(),
  status: z.number().int(),
  latency,
  /** Size of the body, about. */
  bytes: z.number().int().min(0).default(64),
  failure: z
    .strictObject({
      reason: z.enum([
        'TargetConnectionError',
        'TargetProtocolError',
        'TargetDataTimeout',
        'TargetConnectionClosed',
      ]),
      status: z.number().int(),
      probability: z.number().min(0).max(1),
      latency,
    })
    .optional(),
});

/** How one target answers. The first route that matches counts; with none it answers 404. */
export const behaviourSchema = z.strictObject({
  /** Id of the target, as registered. */
  target: z.string(),
  /** `ip:port` in access logs, where the id is no IP. */
  address: z.string().optional(),
  routes: z.array(routeSchema),
});

/** How one target answers. */
export type Behaviour = z.infer<typeof behaviourSchema>;
