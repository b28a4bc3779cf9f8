import {
  type LogEvent,
  ScaffolderClient,
  type ScaffolderStreamLogsOptions,
} from '@backstage/plugin-scaffolder-common';
import type { Observable, Observer } from '@backstage/types';

/**
 * Follows a run to its end, also when it is cancelled.
 *
 * @remarks
 * Backstage's page stops to follow with the event that says somebody asked to cancel, and then shows the step as running
 * for ever. What is under way in AWS is only then taken back, so here that event is left out: the end of the run is the
 * one that counts.
 */
export class FollowingScaffolderClient extends ScaffolderClient {
  streamLogs(options: ScaffolderStreamLogsOptions): Observable<LogEvent> {
    const events = super.streamLogs(options);
    return {
      [Symbol.observable]() {
        return this;
      },
      subscribe(
        observer?: Observer<LogEvent> | ((event: LogEvent) => void),
        onError?: (error: Error) => void,
        onComplete?: () => void,
      ) {
        const told: Observer<LogEvent> =
          typeof observer === 'function'
            ? { next: observer, error: onError, complete: onComplete }
            : { ...observer };
        return events.subscribe({
          ...told,
          next: event => {
            if (event.type !== 'cancelled') {
              told.next?.(event);
            }
          },
        });
      },
    };
  }
}
