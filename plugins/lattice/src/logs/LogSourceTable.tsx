import {
  Button,
  Cell,
  CellText,
  type ColumnConfig,
  Flex,
  Table,
  Text,
  useTable,
} from '@backstage/ui';
import type {
  LogSource,
  LogSourceAction,
} from '@lattice-portal/plugin-lattice-common';
import {
  describeDestination,
  describeStatus,
  EmptyState,
  RelativeTime,
  type Screen,
  useNow,
  useScreen,
} from '../components';
import { formatCount, formatNumber } from '../format';
import { describeSharing } from './describeSharing';
import { describeSweep } from './describeSweep';
import styles from './LogSourceTable.module.css';

const labels: Record<LogSourceAction, string> = {
  pause: 'Pause',
  resume: 'Resume',
};

type Row = LogSource & { id: string };

interface TableOptions {
  sources: LogSource[];
  /** Number of the source that something is being done with. */
  acting?: number;
  onAct: (options: { number: number; action: LogSourceAction }) => void;
  onShowUnparsed: (number: number) => void;
}

/** Log sources with what they do, and what came of their lines. */
export function LogSourceTable(props: TableOptions) {
  const screen = useScreen();
  const now = useNow();
  const { tableProps } = useTable<Row>({
    mode: 'complete',
    data: props.sources,
    paginationOptions:
      props.sources.length > 50 ? { pageSize: 50 } : { type: 'none' },
  });
  return (
    <Table
      {...tableProps}
      columnConfig={columnsOf({ ...props, screen, now })}
      emptyState={
        <EmptyState title="No access log is being read">
          Create an access log subscription on a service network: its
          destination shows up here with the next read of the account.
        </EmptyState>
      }
    />
  );
}

function columnsOf(
  options: TableOptions & { screen: Screen; now: number },
): ColumnConfig<Row>[] {
  const { sources, screen, now, acting, onAct, onShowUnparsed } = options;
  const isNarrow = screen === 'narrow';
  const count = (
    id: 'linesRead' | 'stored' | 'connections' | 'twins' | 'duplicates',
    label: string,
  ): ColumnConfig<Row> => ({
    id,
    label,
    width: id === 'twins' ? 120 : 100,
    isHidden:
      isNarrow ||
      (id !== 'linesRead' &&
        (screen !== 'wide' || sources.every(source => source[id] === 0))),
    cell: source => <CellText title={formatNumber(source[id])} />,
  });
  return [
    {
      id: 'source',
      label: 'Log',
      width: '2fr',
      minWidth: isNarrow ? 130 : 160,
      isRowHeader: true,
      cell: source => (
        <Cell>
          <Flex direction="column" gap="1">
            {/* The end of a name tells logs apart, so it is not cut off. */}
            <Text className={styles.name}>
              {describeDestination(source.id)}
            </Text>
            <Text variant="body-small" color="secondary">
              <span className={styles.part}>{source.accountId}</span> ·{' '}
              <span className={styles.part}>{source.region}</span>
              {/* On a phone, for what has columns elsewhere. */}
              {isNarrow && (
                <>
                  {' '}
                  ·{' '}
                  <span className={styles.part}>
                    {formatCount(source.linesRead, 'line')}
                  </span>
                </>
              )}
            </Text>
            <Text
              variant="body-small"
              color="secondary"
              className={styles.name}
            >
              {describeSharing(source)}
            </Text>
          </Flex>
        </Cell>
      ),
    },
    {
      id: 'status',
      label: 'Reading',
      width: isNarrow ? '1.2fr' : '2fr',
      minWidth: isNarrow ? 90 : 160,
      cell: source => (
        <Cell>
          <Flex direction="column" gap="1">
            <Text>{describeStatus(source, now)}</Text>
            {/* What an error says to do is at its end, so it is not cut off. */}
            <Text
              variant="body-small"
              color="secondary"
              className={styles.name}
            >
              {source.error?.message ?? describeSweep(source.sweep, now)}
            </Text>
          </Flex>
        </Cell>
      ),
    },
    {
      id: 'readUntil',
      label: 'Read until',
      width: 110,
      isHidden: isNarrow,
      cell: source => (
        <Cell>
          {source.readUntil ? <RelativeTime time={source.readUntil} /> : '–'}
        </Cell>
      ),
    },
    count('linesRead', 'Lines'),
    count('stored', 'Calls'),
    count('connections', 'Connections'),
    count('twins', 'In two logs'),
    count('duplicates', 'Again'),
    {
      id: 'unparsed',
      label: 'Unparsed',
      width: 100,
      isHidden: isNarrow && sources.every(({ unparsed }) => unparsed === 0),
      cell: source => (
        <Cell>
          {source.unparsed > 0 ? (
            <Button
              size="small"
              variant="tertiary"
              aria-label={`Show ${source.unparsed} unparsed lines`}
              onPress={() => onShowUnparsed(source.number)}
            >
              {formatNumber(source.unparsed)}
            </Button>
          ) : (
            '0'
          )}
        </Cell>
      ),
    },
    {
      id: 'action',
      label: '',
      width: isNarrow ? 96 : 110,
      isHidden: isNarrow && sources.every(({ permitted }) => !permitted.length),
      cell: ({ number, permitted }) => (
        <Cell>
          {permitted.map(action => (
            <Button
              key={action}
              size="small"
              variant="secondary"
              isPending={acting === number}
              onPress={() => onAct({ number, action })}
            >
              {labels[action]}
            </Button>
          ))}
        </Cell>
      ),
    },
  ];
}
