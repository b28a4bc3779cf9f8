import { AwsError } from '../operations/AwsError';

/** A table of AWS Glue over Parquet files, as far as queries need it. */
export interface GlueTable {
  name: string;
  bucket: string;
  /** Keys of all its files begin so. */
  prefix: string;
  columns: { name: string; type: string }[];
  /** Names of the columns that are in keys rather than in files. */
  partitionKeys: string[];
  /** Matches keys of the table's files, with a group for each partition key. */
  key: RegExp;
}

const PARQUET = 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe';

/** Hive's types by DuckDB's name for them. */
const types: Record<string, string> = {
  string: 'VARCHAR',
  bigint: 'BIGINT',
  int: 'INTEGER',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
};

/**
 * Reads the properties of an `AWS::Glue::Table`.
 *
 * @throws AwsError for a table that the sandbox can't read
 */
export function readGlueTable(properties: Record<string, any>): GlueTable {
  const {
    Name: name,
    StorageDescriptor: storage,
    Parameters = {},
  } = properties.TableInput;
  if (storage?.SerdeInfo?.SerializationLibrary !== PARQUET) {
    throw unsupported(`${name} is not of Parquet files`);
  }
  const partitionKeys: string[] = (
    properties.TableInput.PartitionKeys ?? []
  ).map(({ Name }: { Name: string }) => Name);
  const isProjected = Parameters['projection.enabled'] === 'true';
  if (partitionKeys.length > 0 && !isProjected) {
    throw unsupported(`the partitions of ${name} are not projected`);
  }
  const { bucket, key: prefix } = parseLocation(storage.Location);
  const template =
    partitionKeys.length > 0
      ? parseLocation(Parameters['storage.location.template']).key
      : prefix;
  return {
    name,
    bucket,
    prefix,
    columns: storage.Columns.map(
      ({ Name, Type }: { Name: string; Type: string }) => {
        if (!types[Type]) {
          throw unsupported(`the column ${Name} of ${name} is ${Type}`);
        }
        return { name: Name, type: types[Type] };
      },
    ),
    partitionKeys,
    key: keyPattern(template, partitionKeys),
  };
}

function keyPattern(template: string, partitionKeys: string[]): RegExp {
  const pattern = template
    .split(/\$\{(\w+)\}/)
    .map((part, index) =>
      index % 2 === 1 && partitionKeys.includes(part)
        ? `(?<${part}>[^/]+)`
        : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  // Names that begin with a dot or an underscore are not data.
  return new RegExp(`^${pattern.replace(/\/$/, '')}/(?![._])[^/]+$`);
}

/** @throws AwsError for what is no location in S3 */
export function parseLocation(location: string | undefined): {
  bucket: string;
  key: string;
} {
  const parts = location?.match(/^s3:\/\/([^/]+)\/(.*)$/);
  if (!parts) {
    throw unsupported(`${location} is no location in S3`);
  }
  return { bucket: parts[1], key: parts[2] };
}

function unsupported(what: string): AwsError {
  return new AwsError({
    code: 'NOT_SUPPORTED',
    message: `The sandbox can't read this table: ${what}`,
  });
}
