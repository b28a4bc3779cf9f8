import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type {
  AccessRequestAction,
  AccessRequestPreview,
  NewAccessRequest,
} from '@lattice-portal/plugin-lattice-common';
import type { AccessRequestPermissionQuery } from '@lattice-portal/plugin-lattice-node';
import type {
  AccessRequestStore,
  StoredAccessRequest,
} from '../database/AccessRequestStore';
import type { EstateService } from '../estate/EstateService';
import { type AccessPlanner, accountOfCaller } from './AccessPlanner';
import type { AccessRequestLifecycle } from './AccessRequestLifecycle';
import type { AccessRequestNotifier } from './AccessRequestNotifier';
import { newRequestId, sidOf } from './sid';
import {
  type Actor,
  assertPermitted,
  partiesOf,
  withDecision,
} from './transitions';

/** Who asks for access. */
type Asker = Pick<Actor, 'userRef' | 'claims' | 'mayRead'>;

/**
 * What users do with access requests.
 */
export class AccessRequestService {
  static create(options: {
    estate: EstateService;
    planner: AccessPlanner;
    store: AccessRequestStore;
    lifecycle: AccessRequestLifecycle;
    notifier: AccessRequestNotifier;
    /** Entity references of groups that may ask for everybody. */
    platformGroups: string[];
    now?: () => number;
  }): AccessRequestService {
    return new AccessRequestService(options);
  }

  private constructor(
    private readonly options: Parameters<typeof AccessRequestService.create>[0],
  ) {}

  /**
   * @throws InputError when the request makes no sense
   * @throws NotAllowedError when the caller is not of the asker's
   */
  async preview(
    request: NewAccessRequest,
    user: Asker,
  ): Promise<AccessRequestPreview> {
    this.#assertSensible(request);
    const index = await this.options.estate.current();
    const accountId = accountOfCaller(request.callerId);
    this.#assertMayAskFor(request, index.ownerOfAccount(accountId), user);
    return this.options.planner.plan(request, {
      sid: sidOf('0'.repeat(12)),
      mayRead: user.mayRead,
    });
  }

  /**
   * @throws InputError when the request makes no sense, or nothing would have to change
   * @throws NotAllowedError when the caller is not of the asker's
   */
  async create(
    request: NewAccessRequest,
    actor: Asker,
  ): Promise<StoredAccessRequest> {
    this.#assertSensible(request);
    const index = await this.options.estate.current();
    const requestedFor = index.ownerOfAccount(
      accountOfCaller(request.callerId),
    );
    this.#assertMayAskFor(request, requestedFor, actor);
    const id = newRequestId();
    const { changes, effect, warnings } = await this.options.planner.plan(
      request,
      { sid: sidOf(id), mayRead: actor.mayRead },
    );
    if (changes.length === 0) {
      throw new InputError(
        `No policy would have to change. ${warnings.join(' ')}`.trim(),
      );
    }
    const at = new Date(this.#now()).toISOString();
    const event = {
      at,
      by: actor.userRef,
      type: 'asked' as const,
      message: request.reason,
    };
    const record = {
      ...request,
      id,
      status: 'pending' as const,
      serviceName:
        index.services.get(request.serviceArn)?.name ?? request.serviceArn,
      requestedBy: actor.userRef,
      requestedFor,
      createdAt: at,
      changes,
      effect,
      events: [event],
    };
    const stored = await this.options.store.create({
      request: record,
      parties: partiesOf(record),
    });
    await this.options.notifier.notify(record, event);
    return stored;
  }

  /** @throws NotFoundError when there is none */
  async get(options: { id: string }): Promise<StoredAccessRequest> {
    const stored = await this.options.store.get(options);
    if (!stored) {
      throw new NotFoundError(`There is no access request ${options.id}`);
    }
    return stored;
  }

  /** Newest first. */
  async list(options: {
    criteria?: PermissionCriteria<AccessRequestPermissionQuery>;
  }): Promise<StoredAccessRequest[]> {
    return this.options.store.list(options);
  }

  /**
   * @throws ConflictError when the request does not stand so that this could be done
   * @throws NotAllowedError when it is not for this actor to do
   */
  async act(
    stored: StoredAccessRequest,
    options: { action: AccessRequestAction; actor: Actor; comment?: string },
  ): Promise<StoredAccessRequest> {
    const { action, actor, comment } = options;
    const { lifecycle } = this.options;
    assertPermitted(stored.request, action, actor);
    switch (action) {
      case 'approve':
      case 'refuse':
        return this.#decide(stored, { action, actor, comment });
      case 'withdraw':
        return lifecycle.save(
          stored,
          { ...stored.request, status: 'withdrawn' },
          {
            type: 'withdrawn',
            by: actor.userRef,
            message: comment || 'Taken back by who asked',
          },
        );
      case 'revoke':
        return lifecycle.end(stored, {
          status: 'revoked',
          by: actor.userRef,
          message: comment || 'The statements are taken out again',
        });
      default:
        return this.#recompute(stored, actor);
    }
  }

  async #decide(
    stored: StoredAccessRequest,
    options: { action: 'approve' | 'refuse'; actor: Actor; comment?: string },
  ): Promise<StoredAccessRequest> {
    const { action, actor, comment } = options;
    const request = withDecision(stored.request, {
      verdict: action === 'approve' ? 'approved' : 'refused',
      actor,
      at: new Date(this.#now()).toISOString(),
      comment,
    });
    const { store, notifier, lifecycle } = this.options;
    const decided = await store.update({
      stored,
      request,
      parties: partiesOf(request),
    });
    await notifier.notify(request, request.events.at(-1)!);
    if (request.status !== 'approved') {
      return decided;
    }
    try {
      return await lifecycle.apply(decided);
    } catch {
      // Approved it stays, and is tried again by the scheduled work, which logs why.
      return this.get({ id: request.id });
    }
  }

  /** New changes from the documents as they are now: every owner has to decide again. */
  async #recompute(
    stored: StoredAccessRequest,
    actor: Actor,
  ): Promise<StoredAccessRequest> {
    const { request } = stored;
    const { changes, effect, warnings } = await this.options.planner.plan(
      request,
      { sid: sidOf(request.id), mayRead: actor.mayRead },
    );
    if (changes.length === 0) {
      throw new InputError(
        `No policy would have to change any more. ${warnings.join(' ')}`.trim(),
      );
    }
    return this.options.lifecycle.save(
      stored,
      { ...request, changes, effect, status: 'pending' },
      {
        type: 'recomputed',
        by: actor.userRef,
        message: 'Computed from the policies as they are now',
      },
    );
  }

  #assertSensible(request: NewAccessRequest): void {
    accountOfCaller(request.callerId);
    if (request.expiresAt && !(Date.parse(request.expiresAt) > this.#now())) {
      throw new InputError('The end of the access has to lie in the future');
    }
  }

  #assertMayAskFor(
    request: NewAccessRequest,
    requestedFor: string | undefined,
    { claims, userRef }: Asker,
  ): void {
    const groups = [requestedFor, ...this.options.platformGroups];
    if (!groups.some(group => group !== undefined && claims.includes(group))) {
      throw new NotAllowedError(
        `${userRef} is not of ${requestedFor ?? 'the platform team'}, which ${
          request.callerId
        } belongs to`,
      );
    }
  }

  #now(): number {
    return this.options.now?.() ?? Date.now();
  }
}
