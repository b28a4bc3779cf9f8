import { Button, SearchField, type SortDescriptor } from '@backstage/ui';
import { isDenied, outcomes } from '@lattice-portal/plugin-lattice-common';
import { RiFilterLine } from '@remixicon/react';
import { useMemo, useState } from 'react';
import { useLatticeQuery } from '../api';
import {
  FilterSelect,
  Page,
  parseHours,
  ToolbarField,
  ToolbarSpacer,
  WindowSelect,
} from '../components';
import { outcomeDescriptions } from '../format';
import { useUrlState } from '../useUrlState';
import { CauseList } from './CauseList';
import { defaultCauseSort } from './causeColumns';
import { FieldFilterForm } from './FieldFilterForm';
import { FieldFilterTags } from './FieldFilterTags';
import { readFieldFilters } from './fieldFilters';
import { filterOptions } from './filterOptions';
import { useCauses } from './useCauses';
import { useSettled } from './useSettled';

const REPEAT = 10_000;

const outcomeOptions = outcomes
  .filter(isDenied)
  .map(id => ({ id, label: outcomeDescriptions[id].name }));

/** What is being denied, folded by cause. */
export function DenialCausesPage() {
  const { get, getAll, set } = useUrlState();
  const [isAdding, setIsAdding] = useState(false);
  const hours = parseHours(get('hours') ?? '24');
  const find = get('find');
  const [service, caller] = [get('service'), get('caller')];
  const outcome = outcomes.find(one => one === get('outcome'));
  const fieldFilters = readFieldFilters(getAll('where'));
  const where = fieldFilters.flatMap(({ condition }) => condition ?? []);
  const sought = useSettled(find);
  const query = useCauses({
    hours,
    filter: {
      text: sought,
      serviceArn: service,
      callerId: caller,
      outcome,
      where,
    },
    repeatEvery: REPEAT,
  });
  const services = useLatticeQuery({
    key: ['services'],
    ask: api => api.listServices(),
  });
  const callers = useLatticeQuery({
    key: ['callers'],
    ask: api => api.listCallers(),
  });
  const options = useMemo(
    () =>
      filterOptions({
        causes: query.data?.pages.flatMap(({ causes }) => causes) ?? [],
        services: services.data?.items ?? [],
        callers: callers.data?.items ?? [],
      }),
    [query.data, services.data, callers.data],
  );
  return (
    <Page
      completeness={query.data?.pages.at(-1)?.completeness}
      toolbar={
        <>
          <ToolbarField>
            <SearchField
              aria-label="Find in denied requests"
              placeholder="Find callers, services, paths"
              size="small"
              maxLength={200}
              value={find ?? ''}
              onChange={next => set({ find: next })}
            />
          </ToolbarField>
          <FilterSelect
            label="Outcome"
            all="all outcomes"
            options={outcomeOptions}
            value={outcome}
            onChange={next => set({ outcome: next })}
          />
          <FilterSelect
            label="Caller"
            all="all callers"
            options={options.callers}
            value={caller}
            onChange={next => set({ caller: next })}
          />
          <FilterSelect
            label="Service"
            all="all services"
            options={options.services}
            value={service}
            onChange={next => set({ service: next })}
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
      <CauseList
        query={query}
        isNarrowed={Boolean(
          sought || service || caller || outcome || where.length,
        )}
        sort={parseSort(get('sort'))}
        onSortChange={sort =>
          set({ sort: `${String(sort.column)}.${sort.direction}` })
        }
      />
    </Page>
  );
}

function parseSort(text: string | undefined): SortDescriptor {
  const [column, direction] = (text ?? '').split('.');
  return column && (direction === 'ascending' || direction === 'descending')
    ? { column, direction }
    : defaultCauseSort;
}
