import type { AuditorService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  type PolicyDocument,
  minifyPolicy,
  removeStatements,
} from '@lattice-portal/auth-policy';
import {
  type AccessRequestChange,
  parseArn,
} from '@lattice-portal/plugin-lattice-common';
import {
  type AuthPolicyStore,
  samePolicy,
} from '@lattice-portal/plugin-lattice-node';
import type { EstateService } from '../estate/EstateService';

/** Tries to take a statement out of a document that others keep changing. */
const REMOVE_TRIES = 3;
/** How long a screen may wait for the estate to be read again after a write, in milliseconds. */
const REFRESH_WAIT = 10_000;

/**
 * Writes the portal's statements to AWS, and takes exactly them out again. Every write is audited.
 */
export class PolicyApplier {
  static create(options: {
    policyStore: AuthPolicyStore;
    estate: EstateService;
    auditor: AuditorService;
  }): PolicyApplier {
    return new PolicyApplier(options);
  }

  private constructor(
    private readonly options: Parameters<typeof PolicyApplier.create>[0],
  ) {}

  /**
   * Puts the document that was approved.
   *
   * @returns `changed-meanwhile` when the document is not the one the change was computed from; nothing
   * is written then
   */
  async apply(
    change: AccessRequestChange,
    options: { requestId: string },
  ): Promise<'applied' | 'changed-meanwhile'> {
    const { resourceArn, before, after } = change;
    const { document } = await this.options.policyStore.get({ resourceArn });
    if (samePolicy(document, after)) {
      // Written before a restart, or by another replica.
      return 'applied';
    }
    if (!samePolicy(document, before)) {
      return 'changed-meanwhile';
    }
    try {
      await this.#put({
        resourceArn,
        document: after,
        expected: document,
        requestId: options.requestId,
        purpose: 'apply',
      });
      return 'applied';
    } catch (error) {
      if (toError(error).name !== 'ConflictError') {
        throw error;
      }
      const now = await this.options.policyStore.get({ resourceArn });
      return samePolicy(now.document, after) ? 'applied' : 'changed-meanwhile';
    }
  }

  /**
   * Takes the statement of a change out of the document as it is now, and nothing else.
   *
   * @returns `last-statement` when no other is left: AWS takes no policy without statements, and to delete
   * a policy is its owner's affair. Nothing is written then
   */
  async remove(
    change: AccessRequestChange,
    options: { requestId: string },
  ): Promise<'removed' | 'last-statement'> {
    const { resourceArn, statement } = change;
    for (let tries = 1; ; tries++) {
      const { document } = await this.options.policyStore.get({ resourceArn });
      const without = document && withoutStatement(document, statement.Sid);
      if (!without) {
        return 'removed';
      }
      if (!hasStatements(without)) {
        return 'last-statement';
      }
      try {
        await this.#put({
          resourceArn,
          document: minifyPolicy(without),
          expected: document,
          requestId: options.requestId,
          purpose: 'remove',
        });
        return 'removed';
      } catch (error) {
        if (toError(error).name !== 'ConflictError' || tries >= REMOVE_TRIES) {
          throw error;
        }
      }
    }
  }

  async #put(options: {
    resourceArn: string;
    document: string;
    expected: string | undefined;
    requestId: string;
    purpose: 'apply' | 'remove';
  }): Promise<void> {
    const { resourceArn, document, expected, requestId, purpose } = options;
    const event = await this.options.auditor.createEvent({
      eventId: 'auth-policy-put',
      severityLevel: 'high',
      meta: { resourceArn, requestId, purpose, document },
    });
    try {
      await this.options.policyStore.put({ resourceArn, document, expected });
      await event.success();
    } catch (error) {
      await event.fail({ error: toError(error) });
      throw error;
    } finally {
      await this.#refresh(resourceArn);
    }
  }

  /** So that screens and verdicts show what was written. */
  async #refresh(resourceArn: string): Promise<void> {
    const arn = parseArn(resourceArn);
    if (!arn) {
      return;
    }
    const { accountId, region } = arn;
    let timer: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([
      this.options.estate.refresh({ accountId, region }),
      new Promise<void>(resolve => {
        timer = setTimeout(resolve, REFRESH_WAIT);
      }),
    ]);
    clearTimeout(timer);
  }
}

/** Absent: the statement is not there. */
function withoutStatement(
  document: string,
  sid: string | undefined,
): PolicyDocument | undefined {
  const parsed: PolicyDocument = JSON.parse(document);
  const without = removeStatements(parsed, sid ? [sid] : []);
  const unchanged = removeStatements(parsed, []);
  return minifyPolicy(without) === minifyPolicy(unchanged)
    ? undefined
    : without;
}

function hasStatements({ Statement }: PolicyDocument): boolean {
  return !Array.isArray(Statement) || Statement.length > 0;
}
