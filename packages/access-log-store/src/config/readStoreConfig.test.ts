import { ConfigReader } from '@backstage/config';
import { readStoreConfig } from './readStoreConfig';

function read(store: unknown) {
  return readStoreConfig(
    new ConfigReader({ lattice: { accessLogs: { store } } } as object),
  );
}

const athena = { type: 'athena', region: 'eu-central-1', bucket: 'logs' };

describe('readStoreConfig', () => {
  it('fills in defaults', () => {
    const limits = {
      timeoutSeconds: 120,
      memoryLimit: 512,
      threads: 2,
      processes: 2,
    };
    expect(read(undefined)).toBeUndefined();
    expect(read({ type: 'embedded', directory: './logs' })).toEqual({
      type: 'embedded',
      directory: './logs',
      ...limits,
    });
    expect(read({ ...athena, threads: 4 })).toEqual({
      ...athena,
      database: 'lattice_portal',
      workGroup: 'lattice-portal',
      firstDay: '2023-01-01',
      ...limits,
      threads: 4,
    });
  });

  it.each([
    [{}, 'lattice.accessLogs.store.type'],
    [{ type: 'duckdb' }, 'lattice.accessLogs.store.type'],
    [{ type: 'embedded' }, 'lattice.accessLogs.store.directory'],
    [{ ...athena, bucket: 'A' }, 'store.bucket: is no name of a bucket'],
    [{ ...athena, region: 'x' }, 'store.region: is no AWS Region'],
    [{ ...athena, database: 'a"; DROP' }, 'is no name of a database'],
    [{ ...athena, workGroup: 'a b' }, 'is no name of a workgroup'],
    [{ ...athena, firstDay: '2023-02-30' }, 'is no day as yyyy-MM-dd'],
    [{ ...athena, roleArn: 'role' }, 'is no ARN of a role'],
    [{ ...athena, directory: 'x' }, 'directory'],
    [{ type: 'embedded', directory: 'x', memoryLimit: 1 }, 'store.memoryLimit'],
  ])('refuses %j', (store, message) => {
    expect(() => read(store)).toThrow(message);
  });
});
