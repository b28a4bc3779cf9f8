import { InputError, stringifyError } from '@backstage/errors';
import {
  outcomes,
  parseFieldCondition,
  trafficReplayHours,
} from '@lattice-portal/plugin-lattice-common';
import { z } from 'zod';

const time = z
  .string()
  .refine(text => !Number.isNaN(Date.parse(text)), 'is no ISO 8601 time')
  .transform(text => Date.parse(text));

/**
 * Parameters of a query. One that is not known would be left out of the question, and more be answered than was
 * asked for: it is refused.
 */
const query = z.strictObject;

/** A value to compare with. Databases take no character 0, so none that is kept has it. */
const value = z
  .string()
  .min(1, 'is empty: leave it out, and all are meant')
  .max(2_048)
  .refine(text => !text.includes('\0'), 'has the character 0');

const windowShape = { from: time.optional(), to: time.optional() };

function isForward(window: { from?: number; to?: number }): boolean {
  return (
    window.from === undefined ||
    window.to === undefined ||
    window.from < window.to
  );
}

const backward = { message: 'from has to come before to' };

const callShape = {
  ...windowShape,
  callerId: value.optional(),
  callerAccountId: value.optional(),
  sourceVpcId: value.optional(),
  serviceNetworkArn: value.optional(),
};

const callFilterShape = {
  ...windowShape,
  callerId: value.optional(),
  callerAccountId: value.optional(),
  accountId: value.optional(),
};

export const recordsQuerySchema = query({
  ...callFilterShape,
  serviceArn: value.optional(),
  serviceNetworkArn: value.optional(),
}).refine(isForward, backward);

/** Use of the statements of a service's policy. */
export const serviceStatementUseSchema = query({
  ...callFilterShape,
  serviceNetworkArn: value.optional(),
}).refine(isForward, backward);

/** Use of the statements of a service network's policy. */
export const networkStatementUseSchema = query({
  ...callFilterShape,
  serviceArn: value.optional(),
}).refine(isForward, backward);

/** Calls to a service. */
export const callersQuerySchema = query(callShape).refine(isForward, backward);

export const mapQuerySchema = query({
  ...callShape,
  serviceArn: value.optional(),
  accountId: value.optional(),
}).refine(isForward, backward);

const outcomesShape = {
  ...callShape,
  step: z.coerce.number().int().positive().max(86_400).default(300),
};

/** Outcomes of a service. */
export const outcomesQuerySchema = query(outcomesShape).refine(
  isForward,
  backward,
);

/** Outcomes of all services together, or of some. */
export const allOutcomesQuerySchema = query({
  ...outcomesShape,
  accountId: value.optional(),
  serviceAccountId: value.optional(),
}).refine(isForward, backward);

const fieldCondition = z
  .string()
  .max(2_048)
  .transform((text, context) => {
    try {
      return parseFieldCondition(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: stringifyError(error) });
      return z.NEVER;
    }
  });

export const denialPageSchema = query({
  ...windowShape,
  serviceArn: value.optional(),
  callerId: value.optional(),
  outcome: z.enum(outcomes).optional(),
  method: value.optional(),
  pathShape: value.optional(),
  callerAccountId: value.optional(),
  sourceVpcId: value.optional(),
  serviceNetworkArn: value.optional(),
  accountId: value.optional(),
  text: z
    .string()
    .max(500)
    .refine(
      text => text.trim().split(/\s+/).length <= 20,
      'has 20 words at most',
    )
    .optional(),
  where: z
    .union([fieldCondition.transform(one => [one]), z.array(fieldCondition)])
    .refine(conditions => conditions.length <= 20, 'is 20 times at most')
    .optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
}).refine(isForward, backward);

const pathPattern = z
  .string()
  .max(500)
  .regex(/^[/*]/, 'begins with / or *')
  .refine(path => !path.includes('${'), 'may not hold ${');

export const newAccessRequestSchema = z.object({
  callerId: z.string().startsWith('arn:'),
  serviceArn: z.string().startsWith('arn:'),
  methods: z
    .array(z.string().regex(/^[A-Z]+$/, 'is a method such as GET'))
    .min(1)
    .max(10),
  paths: z.array(pathPattern).min(1).max(20),
  reason: z.string().trim().min(1).max(2_000),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
  deniedRequestId: z.string().optional(),
});

/** A preview may come before the asker said why. */
export const previewSchema = newAccessRequestSchema.extend({
  reason: z.string().max(2_000).default(''),
});

export const actionSchema = z.object({
  action: z.enum(['approve', 'refuse', 'withdraw', 'recompute', 'revoke']),
});

export const actionBodySchema = z
  .object({ comment: z.string().trim().max(2_000).optional() })
  .default({});

export const newReplaySchema = z.object({
  hours: z.literal(trafficReplayHours),
});

export const logSourceActionSchema = z.object({
  number: z.coerce.number().int().positive(),
  action: z.enum(['pause', 'resume']),
});

export const unparsedLinesSchema = query({
  source: z.coerce.number().int().positive().optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

const accountId = z.string().regex(/^\d{12}$/, 'is a text of 12 digits');

export const rolesQuerySchema = query({ accountId });

const placeShape = {
  accountId,
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d+$/, 'is a Region such as us-east-1')
    .optional(),
};

export const provisioningPlaceSchema = query(placeShape);

export const subnetsQuerySchema = query({
  ...placeShape,
  vpcId: z.string().regex(/^vpc-[0-9a-f]+$/, 'is an id such as vpc-0123'),
});

const text = z.string().min(1).max(2_048);

export const provisioningPlanSchema = z.object({
  ...placeShape,
  networkArn: text.startsWith('arn:').optional(),
  serviceName: text.optional(),
  madeBy: z.object({ template: text, owner: text }).optional(),
  networkName: text.optional(),
  calledServiceArn: text.startsWith('arn:').optional(),
  domainName: text.optional(),
  certificateArn: text.optional(),
  hostedZoneId: text.optional(),
  vpcId: text.optional(),
  vpcAssociation: z.enum(['needed', 'absent']).optional(),
  subnetIds: z.array(text).max(100).optional(),
});

/**
 * Parses what a caller sent.
 *
 * @throws InputError that says what is wrong
 */
export function parse<TSchema extends z.ZodType>(
  schema: TSchema,
  sent: unknown,
): z.output<TSchema> {
  const result = schema.safeParse(sent);
  if (!result.success) {
    throw new InputError(z.prettifyError(result.error));
  }
  return result.data;
}
