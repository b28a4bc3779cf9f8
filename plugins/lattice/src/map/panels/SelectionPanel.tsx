import { Text } from '@backstage/ui';
import type {
  MapEdge,
  ServiceMap,
} from '@lattice-portal/plugin-lattice-common';
import type { MapSelection } from '../useMapSelection';
import { CallerPanel } from './CallerPanel';
import { EdgePanel } from './EdgePanel';
import { NetworkPanel } from './NetworkPanel';
import { OverviewPanel } from './OverviewPanel';
import { Panel } from './Panel';
import { ServicePanel } from './ServicePanel';

/** The panel that fits the selection. */
export function SelectionPanel(props: {
  map: ServiceMap;
  selection: MapSelection | undefined;
  onSelect: (selection: MapSelection | undefined) => void;
}) {
  const { map, selection, onSelect } = props;
  const onClose = () => onSelect(undefined);
  const onSelectEdge = (edge: MapEdge) =>
    onSelect({ kind: 'edge', id: edge.id });
  const shared = { map, onClose, onSelectEdge };
  if (!selection) {
    return <OverviewPanel map={map} onSelectEdge={onSelectEdge} />;
  }
  const { kind, id } = selection;
  const edge = kind === 'edge' && map.edges.find(item => item.id === id);
  if (edge) {
    return <EdgePanel map={map} edge={edge} onClose={onClose} />;
  }
  const service =
    kind === 'service' &&
    map.services.find(item => [item.id, item.arn, item.name].includes(id));
  if (service) {
    return <ServicePanel {...shared} service={service} />;
  }
  const network =
    kind === 'network' && map.serviceNetworks.find(item => item.id === id);
  if (network) {
    return <NetworkPanel map={map} network={network} onClose={onClose} />;
  }
  const caller = kind === 'caller' && map.callers.find(item => item.id === id);
  if (caller) {
    return <CallerPanel {...shared} caller={caller} />;
  }
  return (
    <Panel title="Not in this window" onClose={onClose}>
      <Text color="secondary">
        What this link points to has no place on the map of this time window. A
        longer window may show it.
      </Text>
    </Panel>
  );
}
