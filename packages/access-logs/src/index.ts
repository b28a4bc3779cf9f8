/**
 * Amazon VPC Lattice access logs: parse, classify, fold.
 *
 * @packageDocumentation
 */
export * from './classify/callerOf';
export * from './classify/classify';
export * from './fold/callKey';
export * from './fold/pathShape';
export * from './parse/parseAccessLogLine';
export * from './types';
