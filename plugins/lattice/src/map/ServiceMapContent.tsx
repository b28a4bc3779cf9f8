import { Button, Skeleton } from '@backstage/ui';
import type { ServiceMap } from '@lattice-portal/plugin-lattice-common';
import { useMemo } from 'react';
import { useLatticeQuery } from '../api';
import {
  AnswerBasisLine,
  EmptyState,
  Loadable,
  Page,
  windowStart,
} from '../components';
import { formatNumber } from '../format';
import { MapCanvas } from './canvas/MapCanvas';
import { findInMap } from './graph/findInMap';
import { MapToolbar } from './MapToolbar';
import { SelectionPanel } from './panels/SelectionPanel';
import styles from './ServiceMapContent.module.css';
import { MapTable } from './table/MapTable';
import { useMapSelection } from './useMapSelection';
import { useMapView, type MapView } from './useMapView';

const LIVE = 5_000;
// More than this is neither read nor drawn smoothly; the table takes any number.
const DRAWABLE = 300;

/** The service map page: toolbar, map or table, side panel, completeness. */
export function ServiceMapContent() {
  const { view, change } = useMapView();
  const query = useLatticeQuery({
    key: ['map', view.hours, view.network],
    ask: api =>
      api.getMap({
        from: windowStart(view.hours),
        serviceNetworkArn: view.network,
      }),
    repeatEvery: view.live ? LIVE : undefined,
    keepPrevious: true,
  });
  return (
    <Page
      toolbar={
        <MapToolbar
          view={view}
          change={change}
          networks={query.data?.serviceNetworks ?? []}
        />
      }
      basis={query.data && <AnswerBasisLine basis={query.data} />}
      completeness={query.data?.completeness}
    >
      <Loadable
        query={query}
        what="The service map"
        skeleton={
          <div className={styles.split}>
            <Skeleton width="100%" height="100%" />
            <Skeleton width="100%" height="100%" />
          </div>
        }
      >
        {map => <LoadedMap map={map} view={view} change={change} />}
      </Loadable>
    </Page>
  );
}

function LoadedMap(props: {
  map: ServiceMap;
  view: MapView;
  change: (changes: Partial<MapView>) => void;
}) {
  const { map, view, change } = props;
  const { selection, select } = useMapSelection();
  const found = useMemo(
    () => findInMap(map, { text: view.text, outcome: view.outcome }),
    [map, view.text, view.outcome],
  );
  const size = map.services.length + map.callers.length + map.vpcs.length;
  if (size === 0) {
    return (
      <EmptyState title="Nothing to draw yet">
        Services appear here once an account with VPC Lattice is configured
        under lattice.accounts and could be read. The line below says how far
        that is.
      </EmptyState>
    );
  }
  return (
    <div className={styles.split}>
      <div className={styles.main}>
        {view.shape === 'table' && (
          <MapTable map={map} found={found} onSelect={select} />
        )}
        {view.shape === 'map' && size > DRAWABLE && (
          <EmptyState
            title={`${formatNumber(
              size,
            )} services, callers and VPCs are too many to draw`}
            action={
              <Button onPress={() => change({ shape: 'table' })}>
                Show the table
              </Button>
            }
          >
            The table shows all of them and can be searched.
          </EmptyState>
        )}
        {view.shape === 'map' && size <= DRAWABLE && (
          <MapCanvas
            map={map}
            found={found}
            selection={selection}
            onSelect={select}
          />
        )}
      </div>
      <SelectionPanel map={map} selection={selection} onSelect={select} />
    </div>
  );
}
