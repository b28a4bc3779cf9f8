import { Table, useTable, type SortDescriptor } from '@backstage/ui';
import type { DenialCause } from '@lattice-portal/plugin-lattice-common';
import { EmptyState, useScreen } from '../components';
import { useLatticePaths } from '../useLatticePaths';
import { causeColumns, defaultCauseSort, sortCauses } from './causeColumns';

/** Causes as rows that open the newest denied request of each. */
export function CauseTable(props: {
  causes: DenialCause[];
  /** A filter leaves out some of the causes of the window. */
  isNarrowed?: boolean;
  /** Ids of columns to leave out. */
  without?: string[];
  /** Absent: the table keeps its order to itself. */
  sort?: SortDescriptor;
  onSortChange?: (sort: SortDescriptor) => void;
}) {
  const { causes, isNarrowed, without = [] } = props;
  const { sort, onSortChange } = props;
  const screen = useScreen();
  const paths = useLatticePaths();
  const { tableProps } = useTable<DenialCause>({
    mode: 'complete',
    data: causes,
    ...(sort ? { sort, onSortChange } : { initialSort: defaultCauseSort }),
    sortFn: sortCauses,
    paginationOptions: { type: 'none' },
  });
  return (
    <Table
      {...tableProps}
      columnConfig={causeColumns(screen).filter(
        ({ id }) => !without.includes(id),
      )}
      rowConfig={{ getHref: cause => paths.denial(cause.exampleId) }}
      emptyState={<NothingThere isNarrowed={isNarrowed} />}
    />
  );
}

function NothingThere({ isNarrowed }: { isNarrowed?: boolean }) {
  if (isNarrowed) {
    return (
      <EmptyState title="No denied request matches the filters">
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
