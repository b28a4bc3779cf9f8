import { useUrlState } from '../useUrlState';

/** What is picked out on the map. */
export interface MapSelection {
  kind: 'service' | 'network' | 'caller' | 'edge';
  /** Service or network id, caller id, edge id. */
  id: string;
}

const kinds = ['edge', 'service', 'network', 'caller'] as const;

/** The selection, kept in the URL. */
export function useMapSelection() {
  const { get, set } = useUrlState();
  const kind = kinds.find(name => get(name));
  const selection: MapSelection | undefined = kind && {
    kind,
    id: get(kind)!,
  };
  const select = (next: MapSelection | undefined) =>
    set({
      ...Object.fromEntries(kinds.map(name => [name, undefined])),
      ...(next && { [next.kind]: next.id }),
    });
  return { selection, select };
}
