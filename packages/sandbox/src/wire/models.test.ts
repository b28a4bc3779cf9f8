import { execFile } from 'child_process';
import { resolve } from 'path';
import { promisify } from 'util';
import { QueryRunner } from '../athena/QueryRunner';
import { LogStore } from '../logs/LogStore';
import { ObjectStore } from '../objects/ObjectStore';
import { baseServices } from '../operations/services';
import { serviceModels } from './model';

describe('the snapshot of the models', () => {
  it('is what the installed SDK clients say', async () => {
    const script = resolve(__dirname, '../../scripts/snapshotModels.mjs');
    await expect(
      promisify(execFile)(process.execPath, [script, '--check']),
    ).resolves.toMatchObject({ stderr: '' });
  }, 60_000);

  it('has every operation that is served', async () => {
    const services = baseServices({
      logs: await LogStore.open({}),
      objects: await ObjectStore.open({}),
      queries: new QueryRunner(),
    });
    const missing = Object.entries(services).flatMap(([service, operations]) =>
      Object.keys(operations)
        .filter(operation => !serviceModels[service].operations[operation])
        .map(operation => `${service}:${operation}`),
    );
    expect(missing).toEqual([]);
  });
});
