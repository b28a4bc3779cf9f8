import type { AuditorService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { Request } from 'express';

/**
 * Does something that goes into the audit log, whether it succeeds or not.
 */
export async function audited<T>(options: {
  auditor: AuditorService;
  req: Request;
  eventId: string;
  meta: Record<string, string>;
  work: () => Promise<T>;
}): Promise<T> {
  const { auditor, req, eventId, meta, work } = options;
  const event = await auditor.createEvent({
    eventId,
    severityLevel: 'medium',
    request: req,
    meta,
  });
  try {
    const result = await work();
    await event.success();
    return result;
  } catch (error) {
    await event.fail({ error: toError(error) });
    throw error;
  }
}
