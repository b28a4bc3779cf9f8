import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, stringifyError, toError } from '@backstage/errors';
import type {
  AccessRequestChange,
  AccessRequestEvent,
} from '@lattice-portal/plugin-lattice-common';
import type {
  AccessRequestRecord,
  AccessRequestStore,
  StoredAccessRequest,
} from '../database/AccessRequestStore';
import type { AccessRequestNotifier } from './AccessRequestNotifier';
import type { PolicyApplier } from './PolicyApplier';
import { partiesOf, withEvent } from './transitions';

/** AWS takes a few minutes for a change to hold everywhere; refusals until then say nothing. */
const PROPAGATION = 5 * 60 * 1000;
/** How long a fresh approval is left to the replica that took it, which applies it at once. */
const HEAD_START = 30 * 1000;
/** How long a write that fails is tried again before the request counts as failed. */
const PATIENCE = 5 * 60 * 1000;

/**
 * Moves requests on: applies what is approved, says whether it works, ends what has run out.
 */
export class AccessRequestLifecycle {
  static create(options: {
    store: AccessRequestStore;
    applier: PolicyApplier;
    notifier: AccessRequestNotifier;
    logger: LoggerService;
    now?: () => number;
  }): AccessRequestLifecycle {
    return new AccessRequestLifecycle(options);
  }

  private constructor(
    private readonly options: Parameters<
      typeof AccessRequestLifecycle.create
    >[0],
  ) {}

  /** Everything that is due. A request that fails stops no other. */
  async run(options: { signal?: AbortSignal } = {}): Promise<void> {
    const due = await this.options.store.list({
      statuses: ['pending', 'void', 'approved', 'applied', 'verified'],
    });
    for (const stored of due) {
      if (options.signal?.aborted) {
        return;
      }
      try {
        await this.#advance(stored);
      } catch (error) {
        this.options.logger.warn(
          `Access request ${
            stored.request.id
          } could not be moved on: ${stringifyError(error)}`,
        );
      }
    }
  }

  async #advance(stored: StoredAccessRequest): Promise<void> {
    const { status, expiresAt } = stored.request;
    if (expiresAt && Date.parse(expiresAt) <= this.#now()) {
      await this.end(stored, {
        status: 'expired',
        message: 'Its time is up',
      });
    } else if (status === 'approved') {
      if (this.#now() - approvedAt(stored.request) > HEAD_START) {
        await this.apply(stored);
      }
    } else if (status === 'applied') {
      await this.#verify(stored);
    }
  }

  /**
   * Applies an approved request: all its changes or none.
   */
  async apply(stored: StoredAccessRequest): Promise<StoredAccessRequest> {
    const { applier, store } = this.options;
    const { id } = stored.request;
    // Saved before anything is written: of two that come at once, one stops here.
    let current = await this.save(stored, stored.request);
    try {
      for (const [index, change] of stored.request.changes.entries()) {
        if (change.appliedAt) {
          continue;
        }
        const result = await applier.apply(change, { requestId: id });
        if (result === 'changed-meanwhile') {
          return await this.#makeVoid(current, change);
        }
        current = await this.save(
          current,
          withChange(current.request, index, { appliedAt: this.#time() }),
        );
      }
    } catch (error) {
      return this.#failed(current, error);
    }
    await store.clearEvidence({ id });
    return this.save(
      current,
      { ...current.request, status: 'applied' },
      {
        type: 'applied',
        message: `The policy of ${current.request.changes
          .map(change => change.resourceName)
          .join(' and ')} is changed in AWS`,
      },
    );
  }

  /**
   * Takes the portal's own statements out again and ends the request.
   *
   * @throws ConflictError when a request is to be revoked and a statement can't be taken out. One whose
   * time is up may stay: its condition lets nobody in any more
   */
  async end(
    stored: StoredAccessRequest,
    options: { status: 'expired' | 'revoked'; by?: string; message: string },
  ): Promise<StoredAccessRequest> {
    const { status, by, message } = options;
    const current = await this.save(stored, stored.request);
    const { request, left } = await this.#withoutChanges(current.request);
    if (status === 'revoked' && left.length > 0) {
      throw new ConflictError(`${sentencesOf(left)} Then revoke it again.`);
    }
    return this.save(
      current,
      { ...request, status },
      { type: status, by, message: withLeft(message, left) },
    );
  }

  /** Saves a request and tells its parties. */
  async save(
    stored: StoredAccessRequest,
    request: AccessRequestRecord,
    event?: Omit<AccessRequestEvent, 'at'>,
  ): Promise<StoredAccessRequest> {
    const dated = event && { at: this.#time(), ...event };
    const next = dated ? withEvent(request, dated) : request;
    const saved = await this.options.store.update({
      stored,
      request: next,
      parties: partiesOf(next),
    });
    if (dated) {
      await this.options.notifier.notify(next, dated);
    }
    return saved;
  }

  async #verify(stored: StoredAccessRequest): Promise<void> {
    const { request } = stored;
    const evidence = await this.options.store.evidence({ id: request.id });
    const passed = evidence.find(({ kind }) => kind === 'passed');
    const denied = evidence.find(({ kind }) => kind === 'denied');
    const said = request.events.some(({ type }) => type === 'still-denied');
    const appliedAt = Math.max(
      ...request.changes.map(change => Date.parse(change.appliedAt ?? '')),
    );
    if (passed) {
      await this.save(
        stored,
        { ...request, status: 'verified' },
        {
          type: 'works',
          message: `${passed.example} got through`,
        },
      );
    } else if (denied && !said && denied.lastSeen > appliedAt + PROPAGATION) {
      await this.save(stored, request, {
        type: 'still-denied',
        message: `${denied.example} is still refused`,
      });
    }
  }

  async #makeVoid(
    stored: StoredAccessRequest,
    change: AccessRequestChange,
  ): Promise<StoredAccessRequest> {
    const { request, left } = await this.#withoutChanges(stored.request);
    return this.save(
      stored,
      { ...request, status: 'void' },
      {
        type: 'void',
        message: withLeft(
          `The policy of ${change.resourceName} was changed since this was computed: compute it again`,
          left,
        ),
      },
    );
  }

  async #failed(
    stored: StoredAccessRequest,
    error: unknown,
  ): Promise<StoredAccessRequest> {
    const { request } = stored;
    const hopeless = ['NotImplementedError', 'InputError', 'NotFoundError'];
    const { name } = toError(error);
    if (
      name === 'ConflictError' ||
      (this.#now() - approvedAt(request) < PATIENCE && !hopeless.includes(name))
    ) {
      throw error;
    }
    const cleared = await this.#withoutChanges(request);
    return this.save(
      stored,
      { ...cleared.request, status: 'failed' },
      {
        type: 'failed',
        message: withLeft(toError(error).message, cleared.left),
      },
    );
  }

  /** All that is in AWS is taken out; changes that never were, or that have to be left, stay as they are. */
  async #withoutChanges(
    request: AccessRequestRecord,
  ): Promise<{ request: AccessRequestRecord; left: AccessRequestChange[] }> {
    const { applier } = this.options;
    const left: AccessRequestChange[] = [];
    let result = request;
    for (const [index, change] of request.changes.entries()) {
      if (change.appliedAt && !change.removedAt) {
        const { id: requestId } = request;
        if ((await applier.remove(change, { requestId })) === 'removed') {
          result = withChange(result, index, { removedAt: this.#time() });
        } else {
          left.push(change);
        }
      }
    }
    return { request: result, left };
  }

  #now(): number {
    return this.options.now?.() ?? Date.now();
  }

  #time(): string {
    return new Date(this.#now()).toISOString();
  }
}

function withLeft(message: string, left: AccessRequestChange[]): string {
  return left.length > 0 ? `${message}. ${sentencesOf(left)}` : message;
}

/** What to do about statements that can't be taken out. */
function sentencesOf(left: AccessRequestChange[]): string {
  return left
    .map(
      ({ resourceName, statement }) =>
        `Statement ${statement.Sid} is the only one in the policy of ${resourceName}, and AWS takes no policy without statements: put one of your own into it, such as one that denies everything, which is what a policy without statements would come to.`,
    )
    .join(' ');
}

/** Milliseconds since the epoch. */
function approvedAt(request: AccessRequestRecord): number {
  const event = request.events.findLast(({ type }) => type === 'approved');
  return event ? Date.parse(event.at) : 0;
}

function withChange(
  request: AccessRequestRecord,
  index: number,
  values: Partial<AccessRequestChange>,
): AccessRequestRecord {
  return {
    ...request,
    changes: request.changes.map((change, position) =>
      position === index ? { ...change, ...values } : change,
    ),
  };
}
