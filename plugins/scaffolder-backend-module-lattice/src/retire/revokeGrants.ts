import { stringifyError } from '@backstage/errors';
import type {
  AccessRequest,
  AccessRequestAction,
  LatticeApi,
} from '@lattice-portal/plugin-lattice-common';
import type { RetireStep } from './RetireStep';

type Requests = Pick<LatticeApi, 'listAccessRequests' | 'actOnAccessRequest'>;

/** Access requests that are under way or in force, to a service or for roles of it. */
export async function findGrants(options: {
  lattice: Requests;
  /** Absent: the service is gone already, and its name tells. */
  serviceArn?: string;
  place: { accountId: string; region: string; serviceName: string };
  roleArns: string[];
}): Promise<AccessRequest[]> {
  const { serviceArn, roleArns, place } = options;
  const { items } = await options.lattice.listAccessRequests();
  const ofPlace = `:vpc-lattice:${place.region}:${place.accountId}:service/`;
  return items.filter(
    request =>
      endingOf(request) !== undefined &&
      (request.serviceArn === serviceArn ||
        (serviceArn === undefined &&
          request.serviceName === place.serviceName &&
          request.serviceArn.includes(ofPlace)) ||
        roleArns.includes(request.callerId)),
  );
}

/**
 * Ends access requests as the user. One that can't be ended is told, and stops no other.
 *
 * @returns what became of them, and those that are left
 */
export async function revokeGrants(options: {
  lattice: Requests;
  grants: AccessRequest[];
  log: (line: string) => void;
}): Promise<{ step: RetireStep; left: AccessRequest[] }> {
  const { lattice, grants, log } = options;
  const left: AccessRequest[] = [];
  const reasons: string[] = [];
  for (const grant of grants) {
    const action = endingOf(grant);
    if (!action) {
      continue;
    }
    try {
      if (!grant.permitted.includes(action)) {
        throw new Error('it is for others to end it');
      }
      await lattice.actOnAccessRequest({
        id: grant.id,
        action,
        comment: 'The service is retired',
      });
      log(`Access request ${describe(grant)}: ${action}`);
    } catch (error) {
      left.push(grant);
      reasons.push(`${describe(grant)} (${stringifyError(error)})`);
    }
  }
  return { step: toStep({ grants, reasons }), left };
}

/** How a request is ended; undefined where it has ended. */
function endingOf(request: AccessRequest): AccessRequestAction | undefined {
  switch (request.status) {
    case 'applied':
    case 'verified':
      return 'revoke';
    case 'pending':
      return request.permitted.includes('refuse') ? 'refuse' : 'withdraw';
    case 'void':
    case 'failed':
      return 'withdraw';
    default:
      return undefined;
  }
}

function toStep(options: {
  grants: AccessRequest[];
  reasons: string[];
}): RetireStep {
  const { grants, reasons } = options;
  if (reasons.length > 0) {
    return {
      what: 'grants',
      result: 'left',
      message: `Access requests that are not ended: ${reasons.join('; ')}`,
    };
  }
  return grants.length === 0
    ? {
        what: 'grants',
        result: 'nothing',
        message: 'No access request is under way or in force',
      }
    : {
        what: 'grants',
        result: 'done',
        message: `Ended: ${grants.map(describe).join(', ')}`,
      };
}

/** `1a2b3c of arn:… to stock`. */
export function describe(request: AccessRequest): string {
  return `${request.id} of ${request.callerId} to ${request.serviceName}`;
}
