import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import createKnex from 'knex';
import { CheckpointThread } from '../database/CheckpointThread';

const ROWS = 5_000;

/** Writes to a database that copies nothing from its journal by itself, and says whether a thread does. */
async function checkpointInThread(filename: string): Promise<void> {
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: { filename },
    useNullAsDefault: true,
  });
  await knex.raw('PRAGMA journal_mode = WAL');
  await knex.raw('PRAGMA wal_autocheckpoint = 0');
  await knex.schema.createTable('numbers', table => table.text('number'));
  const thread = new CheckpointThread(knex);
  for (let time = 1; time <= 3; time++) {
    const before = statSync(filename).size;
    await knex.raw(
      `INSERT INTO numbers WITH RECURSIVE some(number) AS
        (SELECT 1 UNION ALL SELECT number + 1 FROM some WHERE number < ${ROWS})
      SELECT 'some text of a row ' || number FROM some`,
    );
    while (statSync(filename).size === before) {
      // Asked while it is at it, it does nothing: the next time it does.
      await thread.start();
      await sleep(10);
    }
  }
  const [{ count }] = await knex('numbers').count({ count: '*' });
  process.stdout.write(`${count}`);
  // The thread keeps no process alive.
  await knex.destroy();
}

checkpointInThread(process.argv[2]).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
