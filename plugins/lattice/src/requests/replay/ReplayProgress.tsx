import { Button, Text } from '@backstage/ui';
import type { TrafficReplay } from '@lattice-portal/plugin-lattice-common';
import { formatCount, formatNumber } from '../../format';
import styles from './ReplaySection.module.css';

/** How far a replay is, and the way out. It goes on when the page is left. */
export function ReplayProgress(props: {
  replay: TrafficReplay;
  isCancelling: boolean;
  onCancel: () => void;
}) {
  const { replay, isCancelling, onCancel } = props;
  const { hoursDone = 0, hours = 1, calls = 0 } = replay.progress ?? {};
  return (
    <div className={styles.progress} role="status">
      <progress
        className={styles.bar}
        aria-label="Hours replayed"
        max={hours}
        value={hoursDone}
      />
      <Text>
        {replay.progress
          ? `${formatNumber(hoursDone)} of ${formatCount(
              hours,
              'hour',
            )}, ${formatCount(calls, 'call')} decided`
          : describeWaiting(replay)}
        {replay.attempts > 1 &&
          `; begun again, as the process that ran it ended (attempt ${replay.attempts})`}
      </Text>
      {replay.permitted.includes('cancel') && (
        <Button
          size="small"
          variant="secondary"
          isPending={isCancelling}
          onPress={onCancel}
        >
          Cancel
        </Button>
      )}
    </div>
  );
}

function describeWaiting({ status }: TrafficReplay): string {
  return status === 'queued'
    ? 'Waits for its turn: only a few replays run at a time.'
    : 'Begins';
}
