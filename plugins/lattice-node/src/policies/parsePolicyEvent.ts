import { z } from 'zod';
import { partitionOf } from '../aws/partitionOf';
import type { PolicyHistoryEvent } from '../ports/PolicyHistoryReader';

const eventSchema = z.object({
  eventTime: z.iso.datetime({ offset: true }),
  eventName: z.enum(['PutAuthPolicy', 'DeleteAuthPolicy']),
  errorCode: z.string().nullish(),
  requestParameters: z.object({
    resourceIdentifier: z.string(),
    policy: z.unknown().optional(),
  }),
  userIdentity: z.object({ arn: z.string().optional() }).optional(),
});

/**
 * Reads the record of one change of an auth policy.
 *
 * @returns undefined if it failed, or if the record lacks the document: then it can't tell what came into
 * force
 */
export function parsePolicyEvent(options: {
  text: string;
  accountId: string;
  region: string;
}): PolicyHistoryEvent | undefined {
  const event = parseEvent(options.text);
  if (!event || event.errorCode) {
    return undefined;
  }
  const { resourceIdentifier, policy } = event.requestParameters;
  const document = typeof policy === 'object' ? JSON.stringify(policy) : policy;
  const isPut = event.eventName === 'PutAuthPolicy';
  if (isPut && (typeof document !== 'string' || document === 'null')) {
    return undefined;
  }
  return {
    resourceArn: resourceArn({ ...options, identifier: resourceIdentifier }),
    document: isPut ? (document as string) : undefined,
    at: event.eventTime,
    by: event.userIdentity?.arn,
  };
}

function parseEvent(text: string): z.infer<typeof eventSchema> | undefined {
  try {
    return eventSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Callers may name a network or a service by its id. */
function resourceArn(options: {
  identifier: string;
  accountId: string;
  region: string;
}): string {
  const { identifier, accountId, region } = options;
  if (identifier.startsWith('arn:')) {
    return identifier;
  }
  const type = identifier.startsWith('sn-') ? 'servicenetwork' : 'service';
  return `arn:${partitionOf(
    region,
  )}:vpc-lattice:${region}:${accountId}:${type}/${identifier}`;
}
