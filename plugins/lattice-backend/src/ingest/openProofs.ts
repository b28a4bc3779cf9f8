import type { AccessRequestStore } from '../database/AccessRequestStore';

/** What an access request was proven on. */
export interface Proof {
  serviceArn: string;
  /** Milliseconds since the epoch: calls to the service from then on. */
  from: number;
  /** The denied request it started from, whenever that was. */
  deniedRequestId?: string;
}

/**
 * What has to be kept, however old: the proofs of access requests that are not decided, or may be again.
 */
export async function openProofs(
  accessRequests: Pick<AccessRequestStore, 'list'>,
): Promise<Proof[]> {
  const open = await accessRequests.list({
    statuses: ['pending', 'approved', 'failed', 'void'],
  });
  return open.map(({ request }) => ({
    serviceArn: request.serviceArn,
    from: Date.parse(request.effect.from),
    deniedRequestId: request.deniedRequestId,
  }));
}
