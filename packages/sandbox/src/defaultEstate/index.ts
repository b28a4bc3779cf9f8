export { type EstateFile } from './estateFileSchema';
export { type Behaviour } from './latticeSchema';
export { type TrafficRow, type TrafficTable } from './trafficSchema';
export { readEstateFile, defaultEstateFile } from './readEstateFile';
export { loadEstate } from './loadEstate';
export { serviceDomainName, stableId } from './identifiers';
