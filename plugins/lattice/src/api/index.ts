export * from './LatticeQueryProvider';
export * from './latticeApiRef';
export * from './useLatticeQuery';
