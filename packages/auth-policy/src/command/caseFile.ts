import { z } from 'zod';
import { RecordedDecision } from '../explain/agreesWithRecord';
import { DecideOptions } from '../types';
import { inputError, readCaseJson } from './readCaseJson';

const layer = z.union([
  z.object({ unreadable: z.string() }),
  z.object({
    authType: z.enum(['NONE', 'AWS_IAM']),
    policy: z.unknown().optional(),
  }),
]);

const time = z.union([
  z.number(),
  z.iso.datetime({ offset: true }).transform(text => Date.parse(text)),
]);

const principal = z.object({
  arn: z.string(),
  roleArn: z.string().nullish(),
  orgId: z.string().nullish(),
  tags: z.record(z.string(), z.string()).nullish(),
});

const request = z.object({
  principal: principal.nullable(),
  method: z.string().nullish(),
  path: z.string().nullish(),
  query: z.record(z.string(), z.array(z.string())).nullish(),
  headers: z.record(z.string(), z.string()).nullish(),
  port: z.number().nullish(),
  sourceVpc: z.string().nullish(),
  sourceVpcOwnerAccount: z.string().nullish(),
  sourceIp: z.string().nullish(),
  serviceArn: z.string(),
  serviceNetworkArn: z.string().nullish(),
  serviceTags: z.record(z.string(), z.string()).nullish(),
  time: time.nullish(),
  transport: z.enum(['http', 'tls-passthrough', 'tcp']).nullish(),
});

const policies = z.union([
  z.object({ policies: z.array(z.unknown()) }),
  z.object({ unreadable: z.string() }),
]);

const limits = z.strictObject({
  permissionsBoundary: policies.optional(),
  sessionPolicies: policies.optional(),
  serviceControlPolicies: z.array(policies).optional(),
  resourceControlPolicies: policies.optional(),
});

const recorded = z.strictObject({
  allowed: z.boolean(),
  authDeniedReason: z.enum(['Network', 'Service', 'Identity']).optional(),
});

const schema = z.object({
  request,
  network: layer,
  service: layer,
  identity: policies.nullish(),
  limits: limits.optional(),
  recorded: recorded.optional(),
});

/** A request, the policies to decide it by, and what AWS made of it if that is known. */
export interface PolicyCase {
  options: DecideOptions;
  recorded?: RecordedDecision;
}

/**
 * Reads a case of the command line.
 *
 * @throws `InputError` with every problem in one line.
 */
export function parseCase(text: string): PolicyCase {
  const json = readCaseJson(text);
  const result = schema.safeParse(json);
  if (!result.success) {
    throw inputError(
      result.error.issues
        .map(({ path, message }) => `${path.join('.') || 'case'}: ${message}`)
        .join('; '),
    );
  }
  const { network, service, identity, ...others } = result.data;
  return {
    options: {
      request: requestOf(result.data.request),
      network,
      service,
      identity: identity ?? undefined,
      limits: others.limits,
    },
    recorded: others.recorded,
  };
}

function requestOf(given: z.infer<typeof request>): DecideOptions['request'] {
  const { principal: caller, serviceArn, ...attributes } = given;
  return {
    ...withoutNull(attributes),
    serviceArn,
    caller: caller
      ? {
          kind: 'signed',
          arn: caller.arn,
          ...withoutNull({ roleArn: caller.roleArn, tags: caller.tags }),
          // Null is a fact here: the account is in no organization.
          organizationId: caller.orgId === null ? 'none' : caller.orgId,
        }
      : { kind: 'anonymous' },
  };
}

type WithoutNull<T> = { [K in keyof T]?: Exclude<T[K], null> };

function withoutNull<T extends object>(values: T): WithoutNull<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null),
  ) as WithoutNull<T>;
}
