import { Link, Skeleton, Text } from '@backstage/ui';
import {
  callerName,
  type DenialExplanation,
} from '@lattice-portal/plugin-lattice-common';
import { useParams } from 'react-router-dom';
import { useLatticeQuery } from '../api';
import { Loadable, OutcomeMark, Page, RelativeTime } from '../components';
import { formatCount } from '../format';
import { useLatticePaths } from '../useLatticePaths';
import { FixSection } from './FixSection';
import styles from './DenialPage.module.css';
import { serviceLabel } from './serviceLabel';
import { NotCheckedColumn } from './NotCheckedColumn';
import { PoliciesColumn } from './PoliciesColumn';
import { RecordedColumn } from './RecordedColumn';

const REPEAT = 15_000;

/** One denied request, explained. */
export function DenialPage() {
  const { deniedRequestId = '' } = useParams();
  const paths = useLatticePaths();
  const query = useLatticeQuery({
    key: ['denial', deniedRequestId],
    ask: api => api.explainDeniedRequest({ id: deniedRequestId }),
    repeatEvery: REPEAT,
  });
  return (
    <Page toolbar={<Link href={paths.denied()}>All denied requests</Link>}>
      <Loadable
        query={query}
        what="The explanation"
        skeleton={
          <div className={styles.columns}>
            <Skeleton width="100%" height={420} />
            <Skeleton width="100%" height={420} />
            <Skeleton width="100%" height={420} />
          </div>
        }
      >
        {explanation => <Explanation explanation={explanation} />}
      </Loadable>
    </Page>
  );
}

function Explanation(props: { explanation: DenialExplanation }) {
  const { explanation } = props;
  const { request, cause, lastAllowed } = explanation;
  return (
    <>
      <div className={styles.heading}>
        <Text as="h2" variant="title-small" weight="bold">
          {callerName(request.callerId)} → {serviceLabel(request)}
        </Text>
        <Text>{[request.method, request.path].filter(Boolean).join(' ')}</Text>
        <OutcomeMark outcome={request.outcome} />
        <Text color="secondary">
          <RelativeTime time={request.startTime} />
          {cause && (
            <>
              {' · '}
              {formatCount(cause.count, 'call')} of this cause since{' '}
              <RelativeTime time={cause.firstSeen} />
            </>
          )}
          {' · '}
          {lastAllowed ? (
            <>
              last works: <RelativeTime time={lastAllowed} />
            </>
          ) : (
            'no allowed call recorded'
          )}
        </Text>
      </div>
      <div className={styles.columns}>
        <RecordedColumn explanation={explanation} />
        <PoliciesColumn explanation={explanation} />
        <NotCheckedColumn explanation={explanation} />
      </div>
      <FixSection explanation={explanation} />
    </>
  );
}
