import { SearchField, Select, type SortDescriptor } from '@backstage/ui';
import { isDenied, outcomes } from '@lattice-portal/plugin-lattice-common';
import { useMemo } from 'react';
import { useLatticeQuery } from '../api';
import {
  Loadable,
  Page,
  parseHours,
  ToolbarField,
  ToolbarSpacer,
  WindowSelect,
  windowStart,
} from '../components';
import { outcomeDescriptions } from '../format';
import { useUrlState } from '../useUrlState';
import { CauseTable } from './CauseTable';
import { defaultCauseSort } from './causeColumns';
import { filterOptions, type CauseFilter } from './filterCauses';

const REPEAT = 10_000;

const outcomeOptions = outcomes
  .filter(isDenied)
  .map(id => ({ id, label: outcomeDescriptions[id].name }));

/** What is being denied, folded by cause. */
export function DenialCausesPage() {
  const { get, set } = useUrlState();
  const hours = parseHours(get('hours') ?? '24');
  const filter: CauseFilter = {
    text: get('find'),
    service: get('service'),
    caller: get('caller'),
    outcome: get('outcome'),
  };
  const query = useLatticeQuery({
    key: ['denial-causes', hours],
    ask: api => api.listDenialCauses({ from: windowStart(hours) }),
    repeatEvery: REPEAT,
    keepPrevious: true,
  });
  const options = useMemo(
    () => filterOptions(query.data?.causes ?? []),
    [query.data],
  );
  return (
    <Page
      completeness={query.data?.completeness}
      toolbar={
        <>
          <ToolbarField>
            <SearchField
              aria-label="Find in denied requests"
              placeholder="Find callers, services, paths"
              size="small"
              value={filter.text ?? ''}
              onChange={find => set({ find })}
            />
          </ToolbarField>
          <FilterSelect
            label="Outcome"
            all="all outcomes"
            options={outcomeOptions}
            value={filter.outcome}
            onChange={outcome => set({ outcome })}
          />
          <FilterSelect
            label="Caller"
            all="all callers"
            options={options.callers}
            value={filter.caller}
            onChange={caller => set({ caller })}
          />
          <FilterSelect
            label="Service"
            all="all services"
            options={options.services}
            value={filter.service}
            onChange={service => set({ service })}
          />
          <ToolbarSpacer />
          <WindowSelect
            hours={hours}
            onChange={next => set({ hours: String(next) })}
          />
        </>
      }
    >
      <Loadable query={query} what="Denied requests">
        {({ causes }) => (
          <CauseTable
            causes={causes}
            filter={filter}
            sort={parseSort(get('sort'))}
            onSortChange={sort =>
              set({ sort: `${String(sort.column)}.${sort.direction}` })
            }
          />
        )}
      </Loadable>
    </Page>
  );
}

function parseSort(text: string | undefined): SortDescriptor {
  const [column, direction] = (text ?? '').split('.');
  return column && (direction === 'ascending' || direction === 'descending')
    ? { column, direction }
    : defaultCauseSort;
}

function FilterSelect(props: {
  label: string;
  all: string;
  options: { id: string; label: string }[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const { label, all, options, value, onChange } = props;
  const known = !value || options.some(({ id }) => id === value);
  return (
    <Select
      aria-label={label}
      size="small"
      options={[
        { id: 'all', label: all },
        ...(known ? [] : [{ id: value, label: value }]),
        ...options,
      ]}
      value={value ?? 'all'}
      onChange={key => onChange(key === 'all' ? undefined : String(key))}
    />
  );
}
