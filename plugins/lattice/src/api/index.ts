export * from './LatticeQueryProvider';
export * from './latticeApiRef';
export * from './useLatticePages';
export * from './useLatticeQuery';
