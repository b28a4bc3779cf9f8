import { promises as fs } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childSettings } from './childSettings';
import { DuckDbPool } from './DuckDbPool';

jest.setTimeout(60_000);

describe('DuckDbPool', () => {
  const pools: DuckDbPool[] = [];
  let folder: string;

  beforeAll(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), "pool-'-"));
  });

  afterAll(async () => {
    for (const pool of pools) {
      await pool.close();
    }
    await fs.rm(folder, { recursive: true });
  });

  const poolWith = (settings: { maxResidentBytes?: number } = {}) => {
    const pool = new DuckDbPool({
      settings: {
        ...childSettings({
          folder,
          scratch: folder,
          memoryLimit: 64,
          threads: 1,
        }),
        ...settings,
      },
      size: 1,
    });
    pools.push(pool);
    return pool;
  };
  const job = (text: string) => ({ before: [], text, parameters: [] });
  const tooLong = job(
    'SELECT count(*) FROM range(100000000) a, range(1000) b WHERE a.range * b.range % 7 = 3',
  );

  it('reads and writes below its folders, and nowhere else', async () => {
    const pool = poolWith();
    const path = join(folder, 'x.parquet').replaceAll("'", "''");
    await pool.runAll(job(`COPY (SELECT 1 AS a) TO '${path}'`));
    expect(await pool.runAll(job(`SELECT a FROM '${path}'`))).toEqual([[1]]);
    for (const text of [
      `SELECT * FROM read_csv('/etc/passwd')`,
      `SELECT * FROM read_text('${path}/../../../etc/passwd')`,
      `COPY (SELECT 1) TO '/tmp/lattice-escape.parquet'`,
      `INSTALL httpfs`,
      `SET enable_external_access = true`,
      `SET allowed_directories = ['/']`,
      `ATTACH '/tmp/lattice-escape.duckdb'`,
    ]) {
      await expect(pool.runAll(job(text))).rejects.toThrow(
        /Permission Error|Cannot change|locked|Invalid Input/,
      );
    }
  });

  it('stops what its asker gives up', async () => {
    const pool = poolWith();
    const asker = new AbortController();
    const asked = pool.runAll(tooLong, asker.signal);
    setTimeout(() => asker.abort(new Error('Enough')), 800);
    await expect(asked).rejects.toThrow('Enough');
    const [pid] = pool.pids;
    expect(pid).toBeUndefined();
    expect(await pool.runAll(job('SELECT 1'))).toEqual([[1]]);
  });

  it('gives a turn back that its asker no longer wants', async () => {
    const pool = poolWith();
    const first = new AbortController();
    const busy = pool.runAll(tooLong, first.signal);
    const second = new AbortController();
    const waiting = pool.runAll(job('SELECT 1'), second.signal);
    second.abort(new Error('No longer'));
    await expect(waiting).rejects.toThrow('No longer');
    const third = pool.runAll(job('SELECT 3'));
    first.abort(new Error('Enough'));
    await expect(busy).rejects.toThrow('Enough');
    expect(await third).toEqual([[3]]);
  });

  it('says what to do when memory is short, and goes on', async () => {
    const pool = poolWith();
    const asked = pool.runAll(
      job(
        'SELECT list(range) FROM (SELECT range FROM range(100000000)) GROUP BY range % 2',
      ),
    );
    await expect(asked).rejects.toMatchObject({
      failure: 'limit-exceeded',
      message: expect.stringContaining('lattice.accessLogs.store.memoryLimit'),
    });
    expect(await pool.runAll(job('SELECT 1'))).toEqual([[1]]);
  });

  it('ends a process that has more memory than it may', async () => {
    await expect(
      poolWith({ maxResidentBytes: 1 }).runAll(tooLong),
    ).rejects.toMatchObject({ failure: 'limit-exceeded' });
  });

  it('tells why a process could not start', async () => {
    const pool = new DuckDbPool({
      settings: {
        ...childSettings({
          folder,
          scratch: folder,
          memoryLimit: NaN,
          threads: 1,
        }),
      },
      size: 1,
    });
    pools.push(pool);
    await expect(pool.runAll(job('SELECT 1'))).rejects.toMatchObject({
      failure: 'failed',
    });
  });

  it('refuses work once it is closed', async () => {
    const pool = poolWith();
    const busy = pool.runAll(tooLong);
    const waiting = pool.runAll(job('SELECT 1'));
    setTimeout(() => pool.close(), 300);
    await Promise.all([
      expect(busy).rejects.toThrow('ended'),
      expect(waiting).rejects.toThrow('closed'),
    ]);
    await expect(pool.runAll(job('SELECT 1'))).rejects.toThrow('closed');
  });
});
