import { Alert, Button, Select, Text } from '@backstage/ui';
import {
  trafficReplayHours,
  type AccessRequest,
  type TrafficReplay,
  type TrafficReplayHours,
} from '@lattice-portal/plugin-lattice-common';
import { useState } from 'react';
import { useLatticeQuery } from '../../api';
import { errorMessage, LinesSkeleton, Loadable } from '../../components';
import { ReplayProgress } from './ReplayProgress';
import { ReplayResult } from './ReplayResult';
import styles from './ReplaySection.module.css';
import { isActive, useReplayActions } from './useReplayActions';

const OFTEN = 1_000;
const SELDOM = 30_000;

const windowNames: Record<TrafficReplayHours, string> = {
  24: 'last 24 hours',
  168: 'last 7 days',
  720: 'last 30 days',
};

/** What the change makes of all recorded traffic that it could touch, when the reader asks for it. */
export function ReplaySection(props: { request: AccessRequest }) {
  const { id } = props.request;
  const query = useLatticeQuery({
    key: ['replays', id],
    ask: api => api.listTrafficReplays({ accessRequestId: id }),
    repeatEvery: replays => (isActive(replays?.items.at(0)) ? OFTEN : SELDOM),
  });
  return (
    <section className={styles.section} aria-label="Replay">
      <Text as="h3" variant="body-large" weight="bold">
        Replay on recorded traffic
      </Text>
      <Loadable
        query={query}
        what="The replays"
        skeleton={<LinesSkeleton lines={2} />}
        short
      >
        {({ items, unavailable }) => (
          <>
            {unavailable ? (
              <Text as="p" color="secondary">
                {unavailable}
              </Text>
            ) : (
              <NewReplay accessRequestId={id} newest={items.at(0)} />
            )}
            {items.length > 0 && <NewestReplay replay={items[0]} />}
          </>
        )}
      </Loadable>
    </section>
  );
}

function NewReplay(props: {
  accessRequestId: string;
  newest: TrafficReplay | undefined;
}) {
  const { accessRequestId, newest } = props;
  const [hours, setHours] = useState<TrafficReplayHours>(168);
  const { start } = useReplayActions(accessRequestId);
  return (
    <>
      {!newest && (
        <Text as="p" color="secondary">
          Decides every recorded call that the change could touch again, by the
          policies as they are and as they would be.
        </Text>
      )}
      <div className={styles.controls}>
        <Select
          aria-label="How far back"
          size="small"
          options={trafficReplayHours.map(value => ({
            id: String(value),
            label: windowNames[value],
          }))}
          value={String(hours)}
          onChange={key =>
            setHours(
              trafficReplayHours.find(value => String(value) === key) ?? 168,
            )
          }
        />
        <Button
          size="small"
          variant="secondary"
          isPending={start.isPending}
          isDisabled={isActive(newest)}
          onPress={() => start.mutate({ hours })}
        >
          {newest ? 'Replay again' : 'Replay'}
        </Button>
      </div>
      {Boolean(start.error) && (
        <Alert
          status="danger"
          icon
          title="The replay was not started"
          description={errorMessage(start.error)}
        />
      )}
    </>
  );
}

function NewestReplay(props: { replay: TrafficReplay }) {
  const { id, accessRequestId } = props.replay;
  const query = useLatticeQuery({
    key: ['replay', id],
    ask: api => api.getTrafficReplay({ id }),
    repeatEvery: replay => (!replay || isActive(replay) ? OFTEN : SELDOM),
  });
  return (
    <Loadable
      query={query}
      what="The replay"
      skeleton={<LinesSkeleton lines={3} />}
      short
    >
      {replay => (
        <ReplayState replay={replay} accessRequestId={accessRequestId} />
      )}
    </Loadable>
  );
}

function ReplayState(props: {
  replay: TrafficReplay;
  accessRequestId: string;
}) {
  const { replay, accessRequestId } = props;
  const { cancel } = useReplayActions(accessRequestId);
  switch (replay.status) {
    case 'queued':
    case 'running':
      return (
        <ReplayProgress
          replay={replay}
          isCancelling={cancel.isPending || cancel.isSuccess}
          onCancel={() => cancel.mutate({ id: replay.id })}
        />
      );
    case 'cancelled':
      return (
        <Text as="p" color="secondary">
          The last replay was cancelled.
        </Text>
      );
    case 'failed':
      return (
        <Alert
          status="danger"
          icon
          title="The replay could not be ended"
          description={replay.error}
        />
      );
    default:
      return replay.result ? (
        <ReplayResult replay={replay} result={replay.result} />
      ) : (
        <Text as="p" color="secondary">
          The replay has no result.
        </Text>
      );
  }
}
