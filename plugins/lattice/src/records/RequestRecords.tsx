import { Text } from '@backstage/ui';
import type { CallRecords } from '@lattice-portal/plugin-lattice-common';
import { useLatticeQuery } from '../api';
import { EmptyState, Loadable } from '../components';
import { formatExact, formatLines } from '../format';
import { describeGap } from '../traffic/describeGap';
import { CallOnRecordCard } from './CallOnRecordCard';
import { ProxyLogSection } from './ProxyLogSection';
import styles from './RequestRecords.module.css';
import { type RecordWindow, spanOf } from './RecordWindow';

const SOON = 10_000;
const SELDOM = 60_000;

/** All that is on record of a request id. */
export function RequestRecords(
  props: RecordWindow & {
    requestId: string;
  },
) {
  const { requestId, hours, at } = props;
  const query = useLatticeQuery({
    key: ['records', requestId, hours, at],
    ask: api => api.getRecords({ requestId, ...spanOf({ hours, at }) }),
    // Another log may be read only by and by.
    repeatEvery: records =>
      records?.gaps.some(gap => gap.kind === 'source' && !gap.to) ||
      records?.calls.some(({ logs }) =>
        logs.some(({ status }) => status === 'awaited'),
      )
        ? SOON
        : SELDOM,
  });
  return (
    <section className={styles.root} aria-label="Records of a request">
      <Loadable query={query} what="The records">
        {records => <Records requestId={requestId} records={records} />}
      </Loadable>
    </section>
  );
}

function Records(props: { requestId: string; records: CallRecords }) {
  const { requestId, records } = props;
  const { calls, gaps, hasMore, lines, proxyLogs, window } = records;
  return (
    <>
      {calls.length === 0 && (
        <EmptyState title={`No record of ${requestId} that you may see`}>
          Records of allowed calls are for the owners of the service and of the
          caller’s account. Look further back, or check the id: VPC Lattice
          gives it back in the header x-amzn-requestid.
        </EmptyState>
      )}
      {calls.map(call => (
        <CallOnRecordCard key={call.key} requestId={requestId} call={call} />
      ))}
      {hasMore && (
        <Text as="p" weight="bold">
          Too many calls have this id: older ones than{' '}
          {calls.length > 0 ? 'these' : 'the newest'} were not looked at. Choose
          a shorter time, or one that ends soon after the request.
        </Text>
      )}
      {proxyLogs.map(log => (
        <ProxyLogSection
          key={`${log.accountId} ${log.region} ${log.name}`}
          log={log}
        />
      ))}
      {gaps.length > 0 && (
        <>
          <Text as="p" weight="bold">
            Of these times records may be missing:
          </Text>
          <ul className={styles.list}>
            {gaps.map(gap => (
              <li key={JSON.stringify(gap)}>{describeGap(gap)}</li>
            ))}
          </ul>
        </>
      )}
      <Text as="p" color="secondary">
        {formatLines(lines, 'line')} from {formatExact(window.from)} to{' '}
        {formatExact(window.to)}
      </Text>
    </>
  );
}
