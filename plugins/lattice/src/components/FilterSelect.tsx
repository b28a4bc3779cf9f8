import { Select } from '@backstage/ui';

/** One of several to narrow by, or all. What is not among them is shown as it is. */
export function FilterSelect(props: {
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
      searchable={options.length > 20}
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
