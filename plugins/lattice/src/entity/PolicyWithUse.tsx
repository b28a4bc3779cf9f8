import { Text } from '@backstage/ui';
import {
  callerName,
  type StatementUse,
  type StatementUses,
} from '@lattice-portal/plugin-lattice-common';
import { useLatticeQuery } from '../api';
import {
  errorMessage,
  FilterSelect,
  RelativeTime,
  useNow,
  windowStart,
} from '../components';
import { formatCount, formatLines, formatWindow } from '../format';
import { LayerDocument } from '../policy';
import { describeGap } from '../traffic/describeGap';
import { useUrlState } from '../useUrlState';
import styles from './PolicyWithUse.module.css';

const REPEAT = 60_000;
const DAY = 86_400_000;
/** As long as the use of statements is known. */
const MONTH_HOURS = 30 * 24;

/** A policy with the last use of each of its statements, by all callers or by one. */
export function PolicyWithUse(props: {
  serviceId: string;
  document: string;
  /** ARN of the service network that the calls came over. Absent: all count. */
  network?: string;
}) {
  const { serviceId, document, network } = props;
  const { get, set } = useUrlState();
  const caller = get('usedBy');
  const query = useLatticeQuery({
    key: ['statement-use', serviceId, caller, network],
    ask: api =>
      api.getStatementUse({
        serviceId,
        callerId: caller,
        serviceNetworkArn: network,
      }),
    repeatEvery: REPEAT,
  });
  const uses = query.data;
  return (
    <>
      {(caller || uses?.status !== 'not-computed') && (
        <UserSelect
          serviceId={serviceId}
          value={caller}
          onChange={next => set({ usedBy: next })}
        />
      )}
      <LayerDocument
        document={document}
        noteFor={index =>
          uses?.status === 'computed' && uses.statements[index] ? (
            <UseLine uses={uses} use={uses.statements[index]} />
          ) : undefined
        }
      />
      {uses ? (
        <UseBasis uses={uses} />
      ) : (
        query.error !== null && (
          <Text as="p" color="secondary">
            The use of the statements could not be loaded:{' '}
            {errorMessage(query.error)}
          </Text>
        )
      )}
    </>
  );
}

/** Whose use is shown. */
function UserSelect(props: {
  serviceId: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const { serviceId, value, onChange } = props;
  const { data } = useLatticeQuery({
    key: ['service-callers', serviceId, 'month'],
    ask: api => api.getCallers({ serviceId, from: windowStart(MONTH_HOURS) }),
  });
  return (
    <div className={styles.user}>
      <span aria-hidden="true">Used by</span>
      <FilterSelect
        label="Used by"
        all="all callers"
        options={(data?.callers ?? []).map(({ id }) => ({
          id,
          label: callerName(id),
        }))}
        value={value}
        onChange={onChange}
      />
    </div>
  );
}

type ComputedUses = Extract<StatementUses, { status: 'computed' }>;

function UseLine(props: { uses: ComputedUses; use: StatementUse }) {
  const { uses, use } = props;
  const { status, calls, possibleCalls, lastUsed, example, reasons } = use;
  const days = formatCount(daysOf(uses), 'day');
  const title =
    example &&
    `Last: ${callerName(example.callerId)} ${[example.method, example.path]
      .filter(Boolean)
      .join(' ')}`;
  switch (status) {
    case 'used':
      return (
        <span className={styles.use} title={title}>
          Last used {lastUsed && <RelativeTime time={lastUsed} />} ·{' '}
          {formatCount(calls, 'call')} in {days}
          {possibleCalls > 0 &&
            `, and perhaps ${formatCount(possibleCalls, 'more', 'more')}`}
        </span>
      );
    case 'unknown':
      return (
        <span className={styles.use} title={title}>
          <span aria-hidden="true">? </span>
          Use unknown: it may have decided {formatCount(
            possibleCalls,
            'call',
          )}{' '}
          in {days}, which hangs on {reasons.join('; ')}
        </span>
      );
    default:
      return (
        <span className={styles.use}>
          {isWhole(uses)
            ? `Not used in the last ${days}`
            : `Not used by the calls on record of the last ${days}`}
        </span>
      );
  }
}

/** What the use was found out from, and what may be missing. */
function UseBasis(props: { uses: StatementUses }) {
  const { uses } = props;
  const now = useNow();
  if (uses.status === 'not-computed') {
    return (
      <Text as="p" color="secondary">
        When the statements were last used is not known. {uses.reason}
      </Text>
    );
  }
  const { lines, window, computedAt, pendingDays } = uses;
  const gaps = uses.gaps.filter(({ kind }) => kind !== 'network-unknown');
  const leftOut = uses.gaps.find(({ kind }) => kind === 'network-unknown');
  return (
    <div className={styles.basis}>
      Use: in {formatLines(lines, 'recorded call')} {formatWindow(window, now)},
      decided by the document as it is; computed{' '}
      <RelativeTime time={computedAt} />.
      {pendingDays > 0 &&
        ` ${formatCount(pendingDays, 'day')} of it are still to come.`}
      {leftOut && ` ${describeGap(leftOut)}.`}
      {gaps.length > 0 && (
        <details>
          <summary>
            The records are missing, or not all there, of{' '}
            {formatCount(gaps.length, 'stretch', 'stretches')} of time
          </summary>
          <ul className={styles.gaps}>
            {gaps.map(gap => (
              <li key={JSON.stringify(gap)}>{describeGap(gap)}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function isWhole({ gaps, pendingDays }: ComputedUses): boolean {
  return gaps.length === 0 && pendingDays === 0;
}

function daysOf({ window }: ComputedUses): number {
  return Math.floor((Date.parse(window.to) - Date.parse(window.from)) / DAY);
}
