import type {
  TrafficReplayChange,
  TrafficReplayCounts,
} from '@lattice-portal/plugin-lattice-common';

/** What the screen says of a change. */
export interface DescribedChange {
  change: TrafficReplayChange;
  field: keyof TrafficReplayCounts;
  name: string;
  /** Absent: nothing to look at. */
  mark?: string;
  tone?: 'denied' | 'unknown' | 'allowed';
}

/** The changes, those to look at first, and last what does not change. Colour never says it alone. */
export const replayChanges: DescribedChange[] = [
  {
    change: 'newly-denied',
    field: 'newlyDenied',
    name: 'Newly denied',
    mark: '✕',
    tone: 'denied',
  },
  {
    change: 'unknown',
    field: 'unknown',
    name: 'Unknown',
    mark: '?',
    tone: 'unknown',
  },
  {
    change: 'newly-allowed',
    field: 'newlyAllowed',
    name: 'Newly allowed',
    mark: '✓',
    tone: 'allowed',
  },
  { change: 'unchanged', field: 'unchanged', name: 'Unchanged' },
];
