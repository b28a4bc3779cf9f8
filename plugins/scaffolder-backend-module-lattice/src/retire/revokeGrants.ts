import { ConflictError, stringifyError } from '@backstage/errors';
import type {
  AccessRequest,
  AccessRequestAction,
  LatticeApi,
} from '@lattice-portal/plugin-lattice-common';
import { plannedStep, type RetireStep } from './RetireStep';

type Requests = Pick<LatticeApi, 'listAccessRequests' | 'actOnAccessRequest'>;

/** Access requests that are under way or in force, of those that something is about. */
export async function findGrants(options: {
  lattice: Requests;
  isAbout: (request: AccessRequest) => boolean;
}): Promise<AccessRequest[]> {
  const { items } = await options.lattice.listAccessRequests();
  return items.filter(
    request => endingOf(request) !== undefined && options.isAbout(request),
  );
}

/** Tells access requests to a service, or for roles of it. */
export function isAboutService(options: {
  /** Absent: the service is gone already, and its name tells. */
  serviceArn?: string;
  place: { accountId: string; region: string; serviceName: string };
  roleArns: string[];
}): (request: AccessRequest) => boolean {
  const { serviceArn, roleArns, place } = options;
  const ofPlace = `:vpc-lattice:${place.region}:${place.accountId}:service/`;
  return request =>
    request.serviceArn === serviceArn ||
    (serviceArn === undefined &&
      request.serviceName === place.serviceName &&
      request.serviceArn.includes(ofPlace)) ||
    roleArns.includes(request.callerId);
}

/** Tells access requests that change the policy of a service network. */
export function isAboutNetwork(
  networkArn: string,
): (request: AccessRequest) => boolean {
  return ({ changes }) =>
    changes.some(({ resourceArn }) => resourceArn === networkArn);
}

/**
 * Ends access requests, then removes what they are about, so that no statement outlives it. Those that can't be ended
 * are tried once more after that: the only statement of a policy can't be taken out of it, but it is gone with what had
 * the policy.
 *
 * @throws ConflictError when some are left in the end
 */
export async function revokeAround(options: {
  lattice: Requests;
  grants: AccessRequest[];
  /** What is retired, as people call it. */
  name: string;
  comment: string;
  remove: () => Promise<void>;
  onStep: (step: RetireStep) => void;
  log: (line: string) => void;
}): Promise<void> {
  const { lattice, name, onStep } = options;
  const first = await revokeGrants(options);
  if (first.left.length === 0) {
    onStep(first.step);
  }
  await options.remove();
  if (first.left.length > 0) {
    const { items } = await lattice.listAccessRequests();
    const left = new Set(first.left.map(({ id }) => id));
    const grants = items.filter(({ id }) => left.has(id));
    const second = await revokeGrants({ ...options, grants });
    onStep(second.step);
    if (second.left.length > 0) {
      throw new ConflictError(
        `${second.step.message}. Let their owners end them, then retire ${name} again.`,
      );
    }
  }
}

/** What would become of access requests. */
export function plannedGrants(grants: AccessRequest[]): RetireStep {
  return plannedStep(
    'grants',
    grants.length ? `To end: ${grants.map(describe).join(', ')}` : undefined,
    'No access request is under way or in force',
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
  comment: string;
  log: (line: string) => void;
}): Promise<{ step: RetireStep; left: AccessRequest[] }> {
  const { lattice, grants, comment, log } = options;
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
        comment,
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
function describe(request: AccessRequest): string {
  return `${request.id} of ${request.callerId} to ${request.serviceName}`;
}
