export { keptOperations } from './keptOperations';
export { findKeptType, keptTypes } from './keptTypes';
export type { KeptIdentity, KeptInput, KeptParts, KeptType } from './KeptType';
export { findKept, keptOf } from './keptResource';
