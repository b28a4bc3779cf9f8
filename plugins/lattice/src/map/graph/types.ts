import type {
  AccountFreshness,
  MapCaller,
  MapEdge,
  MapService,
  MapServiceNetwork,
  MapVpc,
} from '@lattice-portal/plugin-lattice-common';

/** An account or a VPC, drawn around what it holds. */
export interface GraphBox {
  id: string;
  kind: 'account' | 'vpc';
  /** Box around this one. */
  parent?: string;
  title: string;
  subtitle?: string;
  /** What has to be known of it, such as why it holds nothing. */
  note?: string;
  /** Left, middle or right. Only accounts have one. */
  column?: number;
  vpc?: MapVpc;
  freshness?: AccountFreshness[];
}

/** A caller, service network or service. */
export type GraphNode = { id: string; parent: string } & (
  | { kind: 'caller'; caller: MapCaller; vpcId?: string }
  | { kind: 'network'; network: MapServiceNetwork }
  | { kind: 'service'; service: MapService }
);

/** Recorded traffic, or who belongs to which service network. */
export type GraphEdge = { id: string; source: string; target: string } & (
  | { kind: 'traffic'; edge: MapEdge }
  | { kind: 'member' }
);

/** What is drawn, without positions. */
export interface MapGraph {
  boxes: GraphBox[];
  nodes: GraphNode[];
  edges: GraphEdge[];
}
