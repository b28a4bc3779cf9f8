import type { Edge, Node } from '@xyflow/react';
import type { MapEdge } from '@lattice-portal/plugin-lattice-common';
import type { GraphBox, GraphNode } from '../graph/types';
import type { Point } from '../graph/layOutGraph';

// Type aliases, not interfaces: React Flow asks for data that is a `Record`.

/** How a thing on the canvas stands out or steps back. */
export type Emphasis = {
  selected: boolean;
  dimmed: boolean;
};

/** A box on the canvas. */
export type BoxFlowNode = Node<{ box: GraphBox; dimmed: boolean }, 'box'>;

/** A caller, network or service on the canvas. */
export type ItemFlowNode = Node<
  Emphasis & { node: GraphNode; windowMinutes: number; onSelect: () => void },
  'item'
>;

/** Traffic on the canvas. */
export type TrafficFlowEdge = Edge<
  Emphasis & {
    points: Point[];
    edge: MapEdge;
    title: string;
    onSelect: () => void;
  },
  'traffic'
>;

/** Belonging to a service network, on the canvas. */
export type MemberFlowEdge = Edge<
  { points: Point[]; dimmed: boolean },
  'member'
>;
