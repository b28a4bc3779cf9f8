import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import createKnex from 'knex';
import { CheckpointThread } from './CheckpointThread';

// A process is started, and a thread in it.
jest.setTimeout(60_000);

test('copies what is in the journal while others write on', () => {
  const folder = mkdtempSync(join(tmpdir(), 'checkpoints-'));
  try {
    const output = execFileSync(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
        join(__dirname, '../__testUtils__/checkpointInThread.ts'),
        join(folder, 'some.sqlite'),
      ],
      { timeout: 50_000 },
    );
    expect(output.toString()).toBe('15000');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('leaves databases in memory alone', async () => {
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  await expect(new CheckpointThread(knex).start()).resolves.toBeUndefined();
  await knex.destroy();
});
