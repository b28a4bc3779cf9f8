import { useEffect, useState } from 'react';
import { layOutGraph, type MapLayout } from '../graph/layOutGraph';
import type { MapGraph } from '../graph/types';

/** Where the drawing stands. */
export type MapLayoutState =
  | { status: 'computing' }
  | { status: 'placed'; graph: MapGraph; layout: MapLayout }
  | { status: 'failed'; error: unknown };

/**
 * Places the graph; the drawing before stays until the new one is ready.
 */
export function useMapLayout(graph: MapGraph): MapLayoutState {
  const [state, setState] = useState<MapLayoutState>({ status: 'computing' });
  useEffect(() => {
    let wanted = true;
    layOutGraph(graph).then(
      layout => wanted && setState({ status: 'placed', graph, layout }),
      error => wanted && setState({ status: 'failed', error }),
    );
    return () => {
      wanted = false;
    };
  }, [graph]);
  return state;
}
