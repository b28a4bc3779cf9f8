import { readFileSync } from 'node:fs';
import { ConfigReader } from '@backstage/config';
import { parse } from 'yaml';
import { storeTemplate } from '../__testUtils__/startStoreAccount';
import { readStoreConfig } from '../config/readStoreConfig';
import type { ColumnType } from '../schema/Column';
import { tables } from '../schema/tables';

const hiveTypes: Record<ColumnType, string> = {
  text: 'string',
  integer: 'bigint',
  number: 'double',
  boolean: 'boolean',
};

describe('the template of the store', () => {
  const { Parameters, Resources } = parse(readFileSync(storeTemplate, 'utf8'), {
    logLevel: 'silent',
  });

  it('has the days that the configuration takes for granted', () => {
    const store = { type: 'athena', region: 'eu-central-1', bucket: 'logs' };
    expect(
      readStoreConfig(new ConfigReader({ lattice: { accessLogs: { store } } })),
    ).toMatchObject({ firstDay: Parameters.FirstDay.Default });
  });

  it.each(Object.entries(tables))('has the table %s', (name, { columns }) => {
    const table = Object.values<any>(Resources).find(
      ({ Properties }) => Properties.TableInput?.Name === name,
    );
    expect(table.Properties.TableInput.StorageDescriptor.Columns).toEqual(
      Object.entries(columns).map(([Name, type]) => ({
        Name,
        Type: hiveTypes[type],
      })),
    );
  });
});
