import { spawn } from 'node:child_process';
import { promises as fs } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccessLogStore } from '../AccessLogStore';
import { batchOf, CALLS_IN_BATCH } from '../__testUtils__/batchOf';
import { storedCallOf } from '../__testUtils__/generatedCalls';
import { createEmbeddedStore } from './createEmbeddedStore';
import type { DuckDbPool } from './DuckDbPool';

const ROUNDS = 10;
const day = { from: Date.UTC(2026, 10, 22), to: Date.UTC(2026, 10, 23) };

jest.setTimeout(60_000);

describe('the embedded store', () => {
  let directory: string;
  let store: AccessLogStore;
  let pool: DuckDbPool;

  beforeEach(async () => {
    directory = await fs.mkdtemp(join(tmpdir(), 'crash-'));
    ({ store, pool } = createEmbeddedStore({
      directory,
      memoryLimit: 256,
      threads: 1,
      processes: 2,
      timeoutSeconds: 60,
    }));
  });

  afterEach(async () => {
    await store.close();
    await fs.rm(directory, { recursive: true });
  });

  const manyShapes = async () => {
    await store.append({
      id: 'many',
      calls: Array.from({ length: 20_000 }, (_, index) =>
        storedCallOf({
          timestamp: day.from + index,
          requestId: `${index}`,
          sourceVpcId: `vpc-${index} ${'x'.repeat(200)}`,
        }),
      ),
    });
    const { batches } = await store.callShapes({
      ...day,
      // So long, and of so many kinds, that they don't come all at once.
      fields: ['timestamp', 'sourceVpcId'],
    });
    return batches[Symbol.asyncIterator]();
  };

  it('fails the one question whose process ends, and answers the next', async () => {
    const shapes = await manyShapes();
    await shapes.next();
    const [pid] = pool.pids;
    const other = store.callers(day);
    process.kill(pid, 'SIGKILL');
    const rest = async () => {
      while (!(await shapes.next()).done) {
        // Those that came before the crash.
      }
    };
    await expect(rest()).rejects.toMatchObject({
      name: 'AccessLogStoreError',
      failure: 'engine-crashed',
      message: expect.stringContaining('by signal SIGKILL'),
    });
    expect((await other).lines).toBe(20_000);
    expect((await store.callers(day)).lines).toBe(20_000);
    expect(pool.pids).not.toContain(pid);
  });

  it('answers others while an asker takes its time, and after it has left', async () => {
    const shapes = await manyShapes();
    await shapes.next();
    const many = await Promise.all(
      Array.from({ length: 8 }, () => store.callers(day)),
    );
    expect(many.map(({ lines }) => lines)).toEqual(many.map(() => 20_000));
    await shapes.return!();
    expect(pool.pids).toEqual([]);
    expect((await store.callers(day)).lines).toBe(20_000);
  });

  it('ends a question whose time is up', async () => {
    await store.append(batchOf(1));
    const impatient = createEmbeddedStore({
      directory,
      memoryLimit: 256,
      threads: 1,
      processes: 1,
      timeoutSeconds: 0.001,
    });
    await expect(impatient.store.callers(day)).rejects.toMatchObject({
      failure: 'timed-out',
    });
    await impatient.store.close();
  });

  it('is of one mind with a writer that is killed at any moment', async () => {
    const script = require.resolve('../__testUtils__/appendForever');
    let next = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const writer = spawn(
        process.execPath,
        [
          '--require',
          require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
          script,
          directory,
          String(next),
        ],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      let said = '';
      const ended = new Promise(resolve => writer.on('close', resolve));
      await new Promise<void>(resolve => {
        writer.stdout.on('data', data => {
          said += data;
          resolve();
        });
      });
      await new Promise(resolve => {
        setTimeout(resolve, Math.random() * 400);
      });
      writer.kill('SIGKILL');
      await ended;
      const done = said.trim().split('\n').map(Number).at(-1)!;
      const { lines } = await store.callers(day);
      // The batch under way counts for neither, one or both of its hours.
      const half = CALLS_IN_BATCH / 2;
      const whole = (done + 1) * CALLS_IN_BATCH;
      expect([whole, whole + half, whole + 2 * half]).toContain(lines);
      // As ingest does: it reads what it had no time to note down once more.
      await store.append(batchOf(done));
      next = done + 1;
    }
    await store.append(batchOf(next));
    await store.compact({ before: day.to });
    const { lines, items } = await store.callers(day);
    expect(lines).toBe((next + 1) * CALLS_IN_BATCH);
    expect(items[0].calls).toBe(lines);
  }, 120_000);
});
