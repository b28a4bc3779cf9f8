import { Select } from '@backstage/ui';

const windows = [
  { id: '1', label: 'last hour' },
  { id: '6', label: 'last 6 hours' },
  { id: '24', label: 'last 24 hours' },
];

/** Hours of a window as the URL has it; anything odd is an hour. */
export function parseHours(text: string | undefined): number {
  return windows.some(({ id }) => id === text) ? Number(text) : 1;
}

/** Start of the window that ends now, ISO 8601. */
export function windowStart(hours: number): string {
  return new Date(Date.now() - hours * 3_600_000).toISOString();
}

/** How far back the screen looks. */
export function WindowSelect(props: {
  hours: number;
  onChange: (hours: number) => void;
}) {
  return (
    <Select
      aria-label="Time window"
      size="small"
      options={windows}
      value={String(props.hours)}
      onChange={key => props.onChange(parseHours(String(key)))}
    />
  );
}
