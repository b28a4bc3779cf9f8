import { Tag, TagGroup } from '@backstage/ui';
import type { FieldFilter } from './fieldFilters';

/** The filters by field, each of which can be taken off. */
export function FieldFilterTags(props: {
  filters: FieldFilter[];
  onChange: (filters: FieldFilter[]) => void;
}) {
  const { filters, onChange } = props;
  return (
    <TagGroup
      aria-label="Filters by field"
      items={filters.map(filter => ({ id: filter.text, ...filter }))}
      onRemove={keys => onChange(filters.filter(({ text }) => !keys.has(text)))}
    >
      {filter => (
        <Tag id={filter.text} size="small" textValue={filter.label}>
          {filter.label}
        </Tag>
      )}
    </TagGroup>
  );
}
