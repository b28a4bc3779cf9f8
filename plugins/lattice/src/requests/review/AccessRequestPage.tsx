import { Link, Text } from '@backstage/ui';
import {
  callerName,
  type AccessRequest,
} from '@lattice-portal/plugin-lattice-common';
import { useParams } from 'react-router-dom';
import { useLatticeQuery } from '../../api';
import { EntityLink, Loadable, Page, RelativeTime } from '../../components';
import { formatExact } from '../../format';
import { useLatticePaths } from '../../useLatticePaths';
import { describeCall, isSettled } from '../describeRequest';
import { ChangeCard } from '../parts/ChangeCard';
import { EffectSection } from '../parts/EffectSection';
import { ReplaySection } from '../replay/ReplaySection';
import { StatusBadge } from '../StatusBadge';
import styles from './AccessRequestPage.module.css';
import { DecisionBox } from './DecisionBox';
import { TimeLine } from './TimeLine';

// Often while something is about to happen, so that 'works' shows by itself.
const SOON = 4_000;
const SETTLED = 30_000;

/** One access request, to be judged in half a minute. */
export function AccessRequestPage() {
  const { accessRequestId = '' } = useParams();
  const paths = useLatticePaths();
  const query = useLatticeQuery({
    key: ['access-request', accessRequestId],
    ask: api => api.getAccessRequest({ id: accessRequestId }),
    repeatEvery: request =>
      request && isSettled(request.status) ? SETTLED : SOON,
  });
  return (
    <Page toolbar={<Link href={paths.requests()}>All access requests</Link>}>
      <Loadable query={query} what="The request">
        {request => <Review request={request} />}
      </Loadable>
    </Page>
  );
}

function Review(props: { request: AccessRequest }) {
  const { request } = props;
  const paths = useLatticePaths();
  return (
    <div className={styles.page}>
      <div className={styles.main}>
        <div className={styles.heading}>
          <StatusBadge status={request.status} />
          <Text as="h2" variant="title-x-small" className={styles.sentence}>
            <EntityLink
              entityRef={request.requestedBy}
              variant="title-x-small"
            />
            {request.requestedFor && (
              <>
                {' '}
                of{' '}
                <EntityLink
                  entityRef={request.requestedFor}
                  variant="title-x-small"
                />
              </>
            )}{' '}
            asks that <b>{callerName(request.callerId)}</b> may call{' '}
            <b>{request.serviceName}</b>, {describeCall(request)},{' '}
            {request.expiresAt
              ? `until ${formatExact(request.expiresAt)}`
              : 'without end'}
            .
          </Text>
          <Text as="p" className={styles.sentence}>
            Why: {request.reason}
          </Text>
          <Text color="secondary">
            Asked <RelativeTime time={request.createdAt} />
            {request.deniedRequestId && (
              <>
                {' '}
                from{' '}
                <Link href={paths.denial(request.deniedRequestId)}>
                  a denied request
                </Link>
              </>
            )}
          </Text>
        </div>
        {request.changes.map(change => (
          <ChangeCard key={change.resourceArn} change={change} />
        ))}
        <EffectSection effect={request.effect} />
        <ReplaySection request={request} />
      </div>
      <div className={styles.main}>
        <DecisionBox request={request} />
        <TimeLine events={request.events} />
      </div>
    </div>
  );
}
