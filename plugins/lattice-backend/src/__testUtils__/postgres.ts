import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const home = '/usr/lib/postgresql';

/**
 * Folder with the programs of an installed PostgreSQL. Absent: there is none.
 */
export function findPostgres(): string | undefined {
  try {
    const [newest] = readdirSync(home).sort((a, b) => Number(b) - Number(a));
    return newest && join(home, newest, 'bin');
  } catch {
    return undefined;
  }
}

/**
 * Starts a server with an empty database of its own.
 */
export function startPostgres(): { connectionString: string; stop(): void } {
  const bin = findPostgres();
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
  const account = ownAccount();
  if (account) {
    chownSync(folder, account.uid, account.gid);
  }
  const data = join(folder, 'data');
  const run = (program: string, args: string[]) =>
    execFileSync(join(bin!, program), args, {
      ...account,
      cwd: folder,
      stdio: 'ignore',
    });
  run('initdb', ['-D', data, '-U', 'test', '-A', 'trust', '-N', '-E', 'UTF8']);
  // Another server may have the port: then the next one.
  for (let attempt = 1; ; attempt++) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const options = `-p ${port} -h 127.0.0.1 -k ${folder} -F -c max_connections=50`;
    try {
      run('pg_ctl', [
        '-D',
        data,
        '-w',
        '-l',
        `${folder}/log`,
        '-o',
        options,
        'start',
      ]);
      return {
        connectionString: `postgresql://test@127.0.0.1:${port}/postgres`,
        stop() {
          run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']);
          rmSync(folder, { recursive: true, force: true });
        },
      };
    } catch (error) {
      if (attempt === 5) {
        throw error;
      }
    }
  }
}

/** PostgreSQL does not run as root: the account for it there. */
function ownAccount(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
