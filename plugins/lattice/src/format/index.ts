export * from './describeLayer';
export * from './describeOutcome';
export * from './formatNumber';
export * from './formatPlaces';
export * from './formatTime';
