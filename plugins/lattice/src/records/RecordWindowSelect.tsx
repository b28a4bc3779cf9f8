import { Select } from '@backstage/ui';

const windows = [
  { id: '24', label: 'last 24 hours' },
  { id: '168', label: 'last 7 days' },
  { id: '720', label: 'last 30 days' },
];
const AROUND = 'around';

/** Hours of a window as the URL has it; anything odd is a day. */
export function parseRecordHours(text: string | undefined): number {
  return windows.some(({ id }) => id === text) ? Number(text) : 24;
}

/** How far back records are looked for. */
export function RecordWindowSelect(props: {
  hours: number;
  /** Whether it is the time around a request, which has an address of its own. */
  isAround: boolean;
  onChange: (hours: number) => void;
}) {
  const { hours, isAround, onChange } = props;
  return (
    <Select
      aria-label="Time window of records"
      size="small"
      options={
        isAround
          ? [{ id: AROUND, label: 'around the request' }, ...windows]
          : windows
      }
      value={isAround ? AROUND : String(hours)}
      onChange={key => {
        if (key !== AROUND) {
          onChange(parseRecordHours(String(key)));
        }
      }}
    />
  );
}
