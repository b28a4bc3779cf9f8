/**
 * Types, permissions and API client of the VPC Lattice plugin.
 *
 * @packageDocumentation
 */
export * from './accessRequests/types';
export * from './api/LatticeApi';
export * from './api/LatticeClient';
export * from './denials/fieldConditions';
export * from './denials/types';
export * from './entities/annotations';
export * from './entities/estateEntityRefs';
export * from './estate/ownerOf';
export * from './estate/parseArn';
export * from './estate/types';
export * from './permissions/permissions';
export * from './provisioning/productTags';
export * from './provisioning/types';
export * from './replay/types';
export * from './statementUse/types';
export * from './records/types';
export * from './traffic/AnswerBasis';
export * from './traffic/callerName';
export * from './traffic/outcomeCounts';
export * from './traffic/outcomes';
export * from './traffic/types';
