import {
  Cell,
  CellText,
  Table,
  Text,
  useTable,
  VisuallyHidden,
  type ColumnConfig,
} from '@backstage/ui';
import {
  callerName,
  deniedCalls,
  totalCalls,
  type MapCaller,
  type MapEdge,
} from '@lattice-portal/plugin-lattice-common';
import { RelativeTime, useScreen, type Screen } from '../components';
import { formatNumber } from '../format';
import { EdgeOutcome } from '../map/EdgeOutcome';
import { useLatticePaths } from '../useLatticePaths';

function columnsFor(
  screen: Screen,
  serviceName: string | undefined,
): ColumnConfig<MapEdge>[] {
  const narrow = screen === 'narrow';
  return [
    {
      id: 'caller',
      label: 'Caller',
      width: '1.5fr',
      minWidth: 120,
      isRowHeader: true,
      cell: edge => (
        <CellText
          title={callerName(edge.callerId)}
          description={edge.sourceVpcId ?? 'VPC not recorded'}
        />
      ),
    },
    {
      id: 'outcome',
      label: 'Outcome',
      width: narrow ? 110 : 200,
      isRowHeader: true,
      cell: edge => (
        <Cell>
          {serviceName && (
            <VisuallyHidden>{`to ${serviceName}: `}</VisuallyHidden>
          )}
          <EdgeOutcome edge={edge} withoutWord={narrow} />
        </Cell>
      ),
    },
    {
      id: 'calls',
      label: 'Calls',
      width: 80,
      cell: edge => <CellText title={formatNumber(totalCalls(edge.counts))} />,
    },
    {
      id: 'denied',
      label: 'Denied',
      width: 85,
      isHidden: narrow,
      cell: edge => <CellText title={formatNumber(deniedCalls(edge.counts))} />,
    },
    {
      id: 'last',
      label: 'Last call',
      width: 105,
      isHidden: narrow,
      cell: edge => (
        <Cell>
          <RelativeTime time={edge.lastSeen} />
        </Cell>
      ),
    },
  ];
}

/** Who calls the service, and how that ends. */
export function CallersTable(props: {
  callers: MapCaller[];
  edges: MapEdge[];
  serviceName?: string;
}) {
  const paths = useLatticePaths();
  const screen = useScreen();
  const { tableProps } = useTable<MapEdge>({
    mode: 'complete',
    data: [...props.edges].sort(
      (a, b) =>
        totalCalls(b.counts) - totalCalls(a.counts) || (a.id < b.id ? -1 : 1),
    ),
    paginationOptions:
      props.edges.length > 20 ? { pageSize: 20 } : { type: 'none' },
  });
  return (
    <Table
      {...tableProps}
      columnConfig={columnsFor(screen, props.serviceName)}
      rowConfig={{ getHref: edge => paths.map({ edge: edge.id }) }}
      emptyState={<Text color="secondary">Nobody called in this window.</Text>}
    />
  );
}
