import '@xyflow/react/dist/style.css';
import { Skeleton } from '@backstage/ui';
import { Controls, ReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import type { ServiceMap } from '@lattice-portal/plugin-lattice-common';
import { ErrorState } from '../../components';
import { buildMapGraph } from '../graph/buildMapGraph';
import type { MapSelection } from '../useMapSelection';
import { BoxNode } from './BoxNode';
import { ItemNode } from './ItemNode';
import styles from './MapCanvas.module.css';
import { MemberEdge } from './MemberEdge';
import { toFlow } from './toFlow';
import { TrafficEdge } from './TrafficEdge';
import { useMapLayout } from './useMapLayout';

const nodeTypes = { box: BoxNode, item: ItemNode };
const edgeTypes = { traffic: TrafficEdge, member: MemberEdge };

/** Props of {@link MapCanvas}. */
export interface MapCanvasProps {
  map: ServiceMap;
  found: Set<string> | undefined;
  selection: MapSelection | undefined;
  onSelect: (selection: MapSelection | undefined) => void;
}

/** The service map, drawn. */
export function MapCanvas(props: MapCanvasProps) {
  const { map, found, selection, onSelect } = props;
  const graph = useMemo(() => buildMapGraph(map), [map]);
  const state = useMapLayout(graph);
  if (state.status === 'failed') {
    return (
      <ErrorState
        title="The map could not be drawn; the table shows the same"
        error={state.error}
      />
    );
  }
  if (state.status === 'computing') {
    return (
      <div className={styles.canvas} role="status" aria-label="Drawing the map">
        <div className={styles.waiting}>
          <Skeleton width="100%" height={380} />
        </div>
      </div>
    );
  }
  const { nodes, edges } = toFlow({
    map,
    // Of the last drawing, not the newest data: places and things drawn belong together.
    graph: state.graph,
    layout: state.layout,
    found,
    selection,
    onSelect,
  });
  return (
    <div className={styles.canvas} role="region" aria-label="Service map">
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        minZoom={0.1}
        maxZoom={2}
        fitView
        fitViewOptions={{ padding: 0.04, maxZoom: 1.1 }}
        onPaneClick={() => onSelect(undefined)}
      >
        <Controls showInteractive={false} orientation="horizontal" />
      </ReactFlow>
    </div>
  );
}
