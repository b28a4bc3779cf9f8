import type { RecordSinkStatus } from '@lattice-portal/plugin-lattice-common';
import { Alert } from '@backstage/ui';
import { RelativeTime } from '../components';
import { formatCount } from '../format';

/** Says that records are not being kept, and what follows from that. Nothing while they are. */
export function RecordSinkAlert({ sink }: { sink: RecordSinkStatus }) {
  const { id, waiting, waitingSince, error } = sink;
  if (!error) {
    return undefined;
  }
  return (
    <Alert
      status="warning"
      icon
      title={`Records can't be handed to ${id}`}
      description={
        <>
          Tried <RelativeTime time={error.at} />: {error.message}.{' '}
          {formatCount(waiting, 'record')} waiting
          {waitingSince && (
            <>
              , the oldest since <RelativeTime time={waitingSince} />
            </>
          )}
          . Until it works again, replays and the records of a request lack
          them; none is lost, and the portal keeps trying. When too many wait,
          logs are not read on either. See to what the message names: the folder
          or bucket, the rights to it, its free space.
        </>
      }
    />
  );
}
