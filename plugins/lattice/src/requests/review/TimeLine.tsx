import { Text } from '@backstage/ui';
import type { AccessRequestEvent } from '@lattice-portal/plugin-lattice-common';
import { EntityLink, RelativeTime } from '../../components';
import { withReadableTimes } from '../../format';
import styles from './AccessRequestPage.module.css';

const titles: Record<AccessRequestEvent['type'], string> = {
  asked: 'Asked',
  approved: 'Approved',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
  applied: 'Applied',
  works: 'Works',
  'still-denied': 'Still denied',
  failed: 'Failed',
  void: 'Void',
  recomputed: 'Computed again',
  expired: 'Expired',
  revoked: 'Revoked',
};

const troubles = ['refused', 'still-denied', 'failed', 'void'];

/** What happened so far, oldest first. */
export function TimeLine(props: { events: AccessRequestEvent[] }) {
  return (
    <ol className={styles.timeLine} aria-label="Time line" aria-live="polite">
      {props.events.map((event, index) => (
        <li
          key={index}
          className={[
            styles.event,
            event.type === 'works' ? styles.works : '',
            troubles.includes(event.type) ? styles.trouble : '',
          ].join(' ')}
        >
          <Text as="div" weight="bold">
            {titles[event.type]} <RelativeTime time={event.at} />
          </Text>
          <Text as="div" color="secondary">
            {event.by && (
              <>
                <EntityLink entityRef={event.by} />:{' '}
              </>
            )}
            {withReadableTimes(event.message)}
          </Text>
        </li>
      ))}
    </ol>
  );
}
