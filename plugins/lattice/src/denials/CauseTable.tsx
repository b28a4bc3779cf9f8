import { Table, useTable, type SortDescriptor } from '@backstage/ui';
import type { DenialCause } from '@lattice-portal/plugin-lattice-common';
import { EmptyState, useScreen } from '../components';
import { formatCount } from '../format';
import { useLatticePaths } from '../useLatticePaths';
import { causeColumns, defaultCauseSort, sortCauses } from './causeColumns';
import { filterCauses, type CauseFilter } from './filterCauses';

/** Causes as rows that open the newest denied request of each. */
export function CauseTable(props: {
  causes: DenialCause[];
  filter: CauseFilter;
  /** The causes are not all there are in the window. */
  isNarrowed?: boolean;
  /** Ids of columns to leave out. */
  without?: string[];
  /** Absent: the table keeps its order to itself. */
  sort?: SortDescriptor;
  onSortChange?: (sort: SortDescriptor) => void;
}) {
  const { causes, filter, isNarrowed, without = [] } = props;
  const { sort, onSortChange } = props;
  const screen = useScreen();
  const paths = useLatticePaths();
  const { tableProps } = useTable<DenialCause>({
    mode: 'complete',
    data: filterCauses(causes, filter),
    ...(sort ? { sort, onSortChange } : { initialSort: defaultCauseSort }),
    sortFn: sortCauses,
    paginationOptions: causes.length > 50 ? { pageSize: 50 } : { type: 'none' },
  });
  return (
    <Table
      {...tableProps}
      columnConfig={causeColumns(screen).filter(
        ({ id }) => !without.includes(id),
      )}
      rowConfig={{ getHref: cause => paths.denial(cause.exampleId) }}
      emptyState={
        <NothingThere hidden={causes.length} isNarrowed={isNarrowed} />
      }
    />
  );
}

function NothingThere(props: { hidden: number; isNarrowed?: boolean }) {
  const { hidden, isNarrowed } = props;
  if (hidden > 0) {
    return (
      <EmptyState title="Nothing matches the filter">
        {`It hides ${formatCount(hidden, 'cause')}.`}
      </EmptyState>
    );
  }
  if (isNarrowed) {
    return (
      <EmptyState title="No denied request matches the filters by field">
        Take one off, or choose a longer time.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Nothing was denied in this window">
      A call that VPC Lattice refuses appears here within seconds of its log
      record, if you own the caller or the service.
    </EmptyState>
  );
}
