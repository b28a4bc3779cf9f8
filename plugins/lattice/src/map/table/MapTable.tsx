import {
  Cell,
  CellText,
  Table,
  useTable,
  type ColumnConfig,
} from '@backstage/ui';
import {
  deniedCalls,
  totalCalls,
  type ServiceMap,
} from '@lattice-portal/plugin-lattice-common';
import { useMemo } from 'react';
import {
  EmptyState,
  RelativeTime,
  useScreen,
  type Screen,
} from '../../components';
import { formatNumber } from '../../format';
import { EdgeOutcome } from '../EdgeOutcome';
import type { MapSelection } from '../useMapSelection';
import { mapRows, sortMapRows, type MapRow } from './mapRows';

function columnsFor(screen: Screen): ColumnConfig<MapRow>[] {
  const narrow = screen === 'narrow';
  return [
    {
      id: 'caller',
      label: 'Caller',
      width: '2fr',
      minWidth: narrow ? 115 : 135,
      isRowHeader: true,
      isSortable: true,
      cell: row => <CellText title={row.caller} description={row.from} />,
    },
    {
      id: 'service',
      label: 'Service',
      width: '1.5fr',
      minWidth: narrow ? 115 : 120,
      isRowHeader: true,
      isSortable: true,
      cell: row => <CellText title={row.service} description={row.owner} />,
    },
    {
      id: 'outcome',
      label: 'Outcome',
      width: narrow ? 110 : 190,
      isRowHeader: true,
      cell: row => (
        <Cell>
          <EdgeOutcome edge={row.edge} withoutWord={narrow} />
        </Cell>
      ),
    },
    {
      id: 'calls',
      label: 'Calls',
      width: 85,
      isSortable: true,
      isHidden: narrow,
      cell: row => (
        <CellText title={formatNumber(totalCalls(row.edge.counts))} />
      ),
    },
    {
      id: 'denied',
      label: 'Denied',
      width: 112,
      isSortable: true,
      isHidden: narrow,
      cell: row => (
        <CellText title={formatNumber(deniedCalls(row.edge.counts))} />
      ),
    },
    {
      id: 'lastSeen',
      label: 'Last call',
      width: 115,
      isSortable: true,
      isHidden: narrow,
      cell: row => (
        <Cell>
          <RelativeTime time={row.edge.lastSeen} />
        </Cell>
      ),
    },
  ];
}

/** The map's traffic as a table: the same facts without the drawing. */
export function MapTable(props: {
  map: ServiceMap;
  found: Set<string> | undefined;
  onSelect: (selection: MapSelection) => void;
}) {
  const { map, found, onSelect } = props;
  const screen = useScreen();
  const columns = useMemo(() => columnsFor(screen), [screen]);
  const rows = useMemo(() => mapRows(map, found), [map, found]);
  const { tableProps } = useTable<MapRow>({
    mode: 'complete',
    data: rows,
    initialSort: { column: 'denied', direction: 'descending' },
    sortFn: sortMapRows,
    paginationOptions: { pageSize: 50 },
  });
  return (
    <Table
      {...tableProps}
      columnConfig={columns}
      rowConfig={{
        onClick: row => onSelect({ kind: 'edge', id: row.edge.id }),
      }}
      emptyState={
        <EmptyState title={found ? 'Nothing matches' : 'No calls recorded'}>
          {found
            ? 'Another word, outcome or time window may.'
            : 'Calls appear here as soon as an access log records them.'}
        </EmptyState>
      }
    />
  );
}
