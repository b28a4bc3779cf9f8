import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { AccessRequestEvent } from '@lattice-portal/plugin-lattice-common';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { AccessRequestRecord } from '../database/AccessRequestStore';
import { partiesOf } from './transitions';
import { titleOf } from './describeRequest';

type EventType = AccessRequestEvent['type'];

/** Who wants to know. */
const audience: Record<EventType, { askers: boolean; approvers: boolean }> = {
  asked: { askers: false, approvers: true },
  approved: { askers: true, approvers: false },
  refused: { askers: true, approvers: false },
  withdrawn: { askers: false, approvers: true },
  applied: { askers: true, approvers: false },
  works: { askers: true, approvers: true },
  'still-denied': { askers: true, approvers: true },
  failed: { askers: true, approvers: true },
  void: { askers: true, approvers: true },
  recomputed: { askers: false, approvers: true },
  expired: { askers: true, approvers: true },
  revoked: { askers: true, approvers: true },
};

/**
 * Tells the parties of a request what happened, through Backstage's notifications.
 */
export class AccessRequestNotifier {
  static create(options: {
    notifications: NotificationService;
    logger: LoggerService;
  }): AccessRequestNotifier {
    return new AccessRequestNotifier(options);
  }

  private constructor(
    private readonly options: Parameters<
      typeof AccessRequestNotifier.create
    >[0],
  ) {}

  /** Never throws: a request must not hang on its notifications. */
  async notify(
    request: AccessRequestRecord,
    event: AccessRequestEvent,
  ): Promise<void> {
    const { askers, approvers } = audience[event.type];
    const parties = partiesOf(request);
    const recipients = [
      ...(askers ? [request.requestedBy] : []),
      ...(approvers ? parties.approvers : []),
    ];
    if (recipients.length === 0) {
      return;
    }
    try {
      await this.options.notifications.send({
        recipients: {
          type: 'entity',
          entityRef: [...new Set(recipients)],
          excludeEntityRef: event.by,
        },
        payload: {
          title: titleOf(request, event),
          description: event.message,
          link: `/lattice/requests/${request.id}`,
          topic: 'lattice-access-request',
          scope: `lattice-access-request-${request.id}-${event.type}`,
          severity:
            event.type === 'failed' || event.type === 'still-denied'
              ? 'high'
              : 'normal',
        },
      });
    } catch (error) {
      this.options.logger.warn(
        `Could not notify of access request ${request.id}: ${stringifyError(
          error,
        )}`,
      );
    }
  }
}
