/**
 * Amazon VPC Lattice access logs: parse, classify, fold, replay.
 *
 * @packageDocumentation
 */
export * from './classify/CallerCache';
export * from './classify/callerOf';
export { classify } from './classify/classify';
export * from './columns/ColumnsReader';
export { columnsOf } from './columns/columnsOf';
export type {
  AccessLogObjectIdentity,
  ColumnsPart,
} from './columns/readColumns';
export * from './columns/RecordColumns';
export * from './columns/recordAt';
export type { AccessLogObjectToRead } from './columns/RemoteReading';
export { callKey } from './fold/callKey';
export { connectionKey } from './fold/connectionKey';
export * from './fold/pathShape';
export { parseAccessLogLine } from './parse/parseAccessLogLine';
export * from './replay/CallFolder';
export { type PathWords, pathWordsOf } from './replay/PathWords';
export * from './replay/ReadKeys';
export * from './replay/replayCalls';
export * from './replay/types';
export type { AccessLogObjectEnd } from './scan/readAccessLogObject';
export * from './scan/readAhead';
export * from './types';
