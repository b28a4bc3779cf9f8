import { useState } from 'react';
import { outcomes } from '@lattice-portal/plugin-lattice-common';
import { parseHours } from '../components';
import { useUrlState } from '../useUrlState';
import type { OutcomeFilter } from './graph/edgeOutcomes';

/** How the map is looked at. */
export interface MapView {
  text: string;
  outcome: OutcomeFilter | undefined;
  /** ARN of the service network that calls came over. */
  network: string | undefined;
  hours: number;
  shape: 'map' | 'table';
  live: boolean;
}

const filters: string[] = [...outcomes, 'denied', 'trouble'];

/** The view, kept in the URL but for whether it is live. */
export function useMapView() {
  const { get, set } = useUrlState();
  const [live, setLive] = useState(true);
  const outcome = get('outcome');
  const view: MapView = {
    text: get('find') ?? '',
    outcome:
      outcome && filters.includes(outcome)
        ? (outcome as OutcomeFilter)
        : undefined,
    network: get('overNetwork'),
    hours: parseHours(get('hours')),
    shape: get('view') === 'table' ? 'table' : 'map',
    live,
  };
  const change = (changes: Partial<MapView>) => {
    if (changes.live !== undefined) {
      setLive(changes.live);
      return;
    }
    const next = { ...view, ...changes };
    set({
      find: next.text,
      outcome: next.outcome,
      overNetwork: next.network,
      hours: next.hours === 1 ? undefined : String(next.hours),
      view: next.shape === 'map' ? undefined : next.shape,
    });
  };
  return { view, change };
}
