import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Knex } from 'knex';

/**
 * Starts to look at the memory of this process, of all that it starts, and of the server of a database.
 *
 * @returns ends that, and says how many bytes they took up together at most; `undefined` where the system
 *   doesn't tell (it is not Linux)
 */
export async function watchMemory(
  knex: Knex,
): Promise<() => Promise<number | undefined>> {
  if (!existsSync('/proc/self/smaps_rollup')) {
    return async () => undefined;
  }
  const roots = [process.pid, ...(await serverOf(knex))];
  const child = spawn(
    process.execPath,
    [
      ...process.execArgv,
      join(__dirname, 'watchMemory.ts'),
      ...roots.map(String),
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  return async () => {
    child.stdin.end('.');
    let text = '';
    for await (const chunk of child.stdout) {
      text += chunk;
    }
    return Number(text);
  };
}

/** Process that started all of PostgreSQL's others. */
async function serverOf(knex: Knex): Promise<number[]> {
  if (knex.client.config.client !== 'pg') {
    return [];
  }
  const { rows } = await knex.raw('select pg_backend_pid() as id');
  const status = readFileSync(`/proc/${rows[0].id}/status`, 'utf8');
  return [Number(/^PPid:\s+(\d+)/m.exec(status)?.[1])];
}
