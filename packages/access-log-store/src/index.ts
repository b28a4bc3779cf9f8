/**
 * Amazon VPC Lattice access logs as Parquet files, asked through DuckDB or Amazon Athena.
 *
 * @packageDocumentation
 */
export * from './AccessLogStore';
export * from './AccessLogStoreError';
export * from './config/readStoreConfig';
export * from './createAccessLogStore';
export type { CallField } from './schema/callFields';
export * from './types';
