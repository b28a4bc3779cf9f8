import {
  Button,
  SearchField,
  Select,
  type SortDescriptor,
} from '@backstage/ui';
import { isDenied, outcomes } from '@lattice-portal/plugin-lattice-common';
import { RiFilterLine } from '@remixicon/react';
import { useMemo, useState } from 'react';
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
import { FieldFilterForm } from './FieldFilterForm';
import { FieldFilterTags } from './FieldFilterTags';
import { readFieldFilters } from './fieldFilters';
import { filterOptions, type CauseFilter } from './filterCauses';

const REPEAT = 10_000;

const outcomeOptions = outcomes
  .filter(isDenied)
  .map(id => ({ id, label: outcomeDescriptions[id].name }));

/** What is being denied, folded by cause. */
export function DenialCausesPage() {
  const { get, getAll, set } = useUrlState();
  const [isAdding, setIsAdding] = useState(false);
  const hours = parseHours(get('hours') ?? '24');
  const filter: CauseFilter = {
    text: get('find'),
    service: get('service'),
    caller: get('caller'),
    outcome: get('outcome'),
  };
  const fieldFilters = readFieldFilters(getAll('where'));
  const where = fieldFilters.flatMap(({ condition }) => condition ?? []);
  const query = useLatticeQuery({
    key: ['denial-causes', hours, where],
    ask: api => api.listDenialCauses({ from: windowStart(hours), where }),
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
          <Button
            size="small"
            variant="secondary"
            iconStart={<RiFilterLine />}
            aria-expanded={isAdding}
            onPress={() => setIsAdding(!isAdding)}
          >
            More filters
          </Button>
          <ToolbarSpacer />
          <WindowSelect
            hours={hours}
            onChange={next => set({ hours: String(next) })}
          />
          {isAdding && (
            <FieldFilterForm
              onAdd={text => set({ where: [...getAll('where'), text] })}
            />
          )}
          {fieldFilters.length > 0 && (
            <FieldFilterTags
              filters={fieldFilters}
              onChange={filters =>
                set({ where: filters.map(({ text }) => text) })
              }
            />
          )}
        </>
      }
    >
      <Loadable query={query} what="Denied requests">
        {({ causes }) => (
          <CauseTable
            causes={causes}
            filter={filter}
            isNarrowed={where.length > 0}
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
