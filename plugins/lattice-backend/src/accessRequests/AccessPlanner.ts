import { InputError, stringifyError } from '@backstage/errors';
import type {
  AuthorizationRequest,
  DecideOptions,
} from '@lattice-portal/auth-policy';
import {
  type AccessRequestPreview,
  callerAccountId,
  type NewAccessRequest,
} from '@lattice-portal/plugin-lattice-common';
import type { AuthPolicyStore } from '@lattice-portal/plugin-lattice-node';
import type { MayReadPolicy } from '../authorization/viewerAccess';
import type { DeniedRequestStore } from '../database/DeniedRequestStore';
import type { TrafficStore } from '../database/TrafficStore';
import type { EstateIndex } from '../estate/EstateIndex';
import type { EstateService } from '../estate/EstateService';
import { planAccess, type PlannedChange } from '../policies/planAccess';
import type { LayerPolicy, PolicyLookup } from '../policies/PolicyLookup';
import { toAuthorizationRequest } from '../policies/toAuthorizationRequest';
import { computeEffect, type LayerDocuments } from './computeEffect';
import { accessContextOf, toSampleRequests } from './accessContext';

const DAY = 24 * 60 * 60 * 1000;
/** How far back the effect looks. */
const EFFECT_WINDOW = 7 * DAY;
/** Refused calls of one caller to one service that are decided again, newest first. */
const EFFECT_CALLS = 20_000;

/**
 * Works out what an access request comes to.
 */
export class AccessPlanner {
  static create(options: {
    estate: EstateService;
    denied: DeniedRequestStore;
    traffic: TrafficStore;
    policies: PolicyLookup;
    policyStore: AuthPolicyStore;
    /** Entity references of who decides where nobody is known to own a document. */
    fallbackOwners: string[];
    now?: () => number;
  }): AccessPlanner {
    return new AccessPlanner(options);
  }

  private constructor(
    private readonly options: Parameters<typeof AccessPlanner.create>[0],
  ) {}

  /**
   * Computes the changes from the documents as they are in AWS this moment, and their effect.
   *
   * @param options - `mayRead`: whose policies the viewer may read; warnings don't quote others
   * @throws InputError when the request makes no sense
   */
  async plan(
    request: NewAccessRequest,
    options: { sid: string; mayRead: MayReadPolicy },
  ): Promise<AccessRequestPreview> {
    const { policies } = this.options;
    const index = await this.options.estate.current();
    const { callerId, serviceArn, methods, paths } = request;
    if (!index.services.has(serviceArn)) {
      throw new InputError(`There is no service ${serviceArn} in the estate`);
    }
    const context = await accessContextOf({
      request,
      index,
      traffic: this.options.traffic,
      denied: this.options.denied,
    });
    const requests = toSampleRequests({
      request,
      context,
      index,
      now: this.#now(),
    });
    const [network, service, identity] = await Promise.all([
      policies
        .now({ layer: 'network', arn: context.networkArn, index })
        .then(layer => this.#asInAws(layer)),
      policies
        .now({ layer: 'service', arn: serviceArn, index })
        .then(layer => this.#asInAws(layer)),
      policies.identityOf({ caller: requests[0].caller, callerId, index }),
    ]);
    const plan = planAccess({
      requests,
      callerId,
      roleArn: index.roleOfCaller(callerId)?.arn,
      network,
      service,
      identity: identity.identity,
      sid: options.sid,
      mayRead: options.mayRead,
      methods,
      paths,
      sourceVpc:
        context.sourceVpcIds.length === 1 ? context.sourceVpcIds[0] : undefined,
      expiresAt: request.expiresAt ? new Date(request.expiresAt) : undefined,
    });
    return {
      changes: plan.changes.map(change => ({
        ...change,
        owner:
          index.ownerOfResource(change.resourceArn) ??
          this.options.fallbackOwners[0],
      })),
      effect: await this.#effect({
        request,
        requests,
        index,
        before: {
          network: network.attachment,
          service: service.attachment,
        },
        changes: plan.changes,
        identity: identity.identity,
      }),
      warnings: [...context.warnings, ...plan.against, ...plan.open],
    };
  }

  /** The estate's copy may be a minute old; a change is computed from the document itself. */
  async #asInAws(layer: LayerPolicy): Promise<LayerPolicy> {
    const resourceArn = layer.used?.resourceArn;
    if (
      !resourceArn ||
      !('authType' in layer.attachment) ||
      layer.attachment.authType === 'NONE'
    ) {
      return layer;
    }
    try {
      const { document } = await this.options.policyStore.get({ resourceArn });
      return {
        ...layer,
        attachment: { ...layer.attachment, policy: document },
        used: layer.used && { ...layer.used, document },
      };
    } catch (error) {
      return {
        ...layer,
        attachment: { unreadable: stringifyError(error) },
      };
    }
  }

  async #effect(options: {
    request: NewAccessRequest;
    requests: AuthorizationRequest[];
    index: EstateIndex;
    before: LayerDocuments;
    changes: PlannedChange[];
    identity: DecideOptions['identity'];
  }) {
    const { request, index, before, changes, identity } = options;
    const { callerId, serviceArn } = request;
    const to = this.#now();
    const range = { from: to - EFFECT_WINDOW, to };
    const { denied } = this.options;
    const stored = await denied.list({
      range,
      filter: { callerId, serviceArn },
      limit: EFFECT_CALLS,
    });
    const causes = await denied.causes({ range, filter: { serviceArn } });
    const after = { ...before };
    for (const change of changes) {
      after[change.layer] = {
        authType: 'AWS_IAM',
        policy: change.after,
      };
    }
    return computeEffect({
      from: new Date(range.from).toISOString(),
      to: new Date(range.to).toISOString(),
      calls: stored.map(call => {
        const recorded = toAuthorizationRequest({ record: call.record, index });
        return {
          stored: call,
          // What is asked is about calls to come, not about the time of the refused ones.
          request: recorded && { ...recorded, time: to, sourceIp: undefined },
        };
      }),
      others: causes
        .filter(cause => cause.callerId !== callerId)
        .reduce((sum, cause) => sum + cause.count, 0),
      before,
      after,
      identity,
    });
  }

  #now(): number {
    return this.options.now?.() ?? Date.now();
  }
}

/**
 * The account a caller belongs to.
 *
 * @throws InputError when the caller is none that a policy could name
 */
export function accountOfCaller(callerId: string): string {
  const accountId = callerAccountId(callerId);
  if (!accountId || !/:(role|user)\//.test(callerId)) {
    throw new InputError(
      `Access can only be asked for a role or user, not for ${callerId}`,
    );
  }
  return accountId;
}
