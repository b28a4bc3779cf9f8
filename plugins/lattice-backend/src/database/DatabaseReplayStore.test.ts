import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { DatabaseReplayStore } from './DatabaseReplayStore';
import { migrate } from './openDatabase';

const databases = createTestDatabases();

const replayFor = (user: string, id = user, createdAt = 1) => ({
  id,
  accessRequestId: 'r1',
  askedBy: user,
  window: { from: 1_700_000_000_000, to: 1_700_000_360_000 },
  changes: [{ layer: 'service' as const, resourceArn: 'a', after: '{}' }],
  digest: 'd',
  createdAt,
});
const progress = { hoursDone: 1, hours: 2, calls: 3 };
const result = { calls: 3, services: [], groups: [], gaps: [] };

describe.each(databaseIds)('DatabaseReplayStore on %s', databaseId => {
  async function setUp() {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    const store = DatabaseReplayStore.create({ knex });
    const claim = async (worker: string, now: number, silence = 100) =>
      store.claim({
        worker,
        now,
        slots: 2,
        staleBefore: now - silence,
        maxAttempts: 2,
      });
    return { store, claim };
  }

  it('runs so many at a time, one for each user, the oldest first', async () => {
    const { store, claim } = await setUp();
    await store.create(replayFor('c', 'c', 3));
    await store.create(replayFor('a', 'a', 1));
    await store.create(replayFor('b', 'b', 2));
    await expect(store.create(replayFor('a', 'again'))).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('has not ended yet'),
    });
    const claimed = await Promise.all(
      ['w1', 'w2', 'w3', 'w4'].map(worker => claim(worker, 10)),
    );
    expect(claimed.flatMap(replay => replay?.id ?? []).sort()).toEqual([
      'a',
      'b',
    ]);
    const worker = `w${claimed.findIndex(replay => replay?.id === 'a') + 1}`;
    await store.end({ id: 'a', worker, now: 20, status: 'done', result });
    await store.create(replayFor('a', 'again', 4));
    expect((await claim('w5', 30))?.id).toBe('c');
    await expect(store.list({ accessRequestId: 'r1' })).resolves.toMatchObject([
      { id: 'again', status: 'queued' },
      { id: 'c', status: 'running', startedAt: 30, attempts: 1 },
      { id: 'b', status: 'running' },
      { ...replayFor('a'), status: 'done', endedAt: 20 },
    ]);
    await expect(store.result({ id: 'a' })).resolves.toEqual(result);
    await store.prune({ before: 21 });
    await expect(store.get({ id: 'a' })).resolves.toBeUndefined();
    await expect(store.get({ id: 'b' })).resolves.toBeDefined();
  });

  it('gives what a dead worker had to another, but not for ever', async () => {
    const { store, claim } = await setUp();
    await store.create(replayFor('a'));
    await claim('w1', 1_000);
    const beat = (worker: string, now: number) =>
      store.beat({ id: 'a', worker, now, progress });
    await expect(beat('w1', 1_090)).resolves.toBe('go on');
    await expect(store.get({ id: 'a' })).resolves.toMatchObject({ progress });
    await expect(claim('w2', 1_150)).resolves.toBeUndefined();
    await expect(claim('w2', 1_200)).resolves.toMatchObject({
      id: 'a',
      attempts: 2,
      progress: undefined,
    });
    await expect(beat('w1', 1_210)).resolves.toBe('taken over');
    await store.end({
      id: 'a',
      worker: 'w1',
      now: 1_220,
      status: 'done',
      result,
    });
    await expect(store.get({ id: 'a' })).resolves.toMatchObject({
      status: 'running',
    });
    await expect(claim('w3', 2_000)).resolves.toBeUndefined();
    await expect(store.get({ id: 'a' })).resolves.toMatchObject({
      status: 'failed',
      error: expect.stringContaining('2 times'),
    });
    await store.create(replayFor('a', 'next'));
    await expect(claim('w3', 2_000)).resolves.toMatchObject({ id: 'next' });
  });

  it('cancels what waits at once, and what runs by its worker or for it', async () => {
    const { store, claim } = await setUp();
    await store.create(replayFor('a'));
    await store.cancel({ id: 'a', now: 5 });
    const status = async (id: string) => (await store.get({ id }))?.status;
    await expect(status('a')).resolves.toBe('cancelled');
    await store.create(replayFor('a', 'b'));
    await claim('w1', 10);
    await store.cancel({ id: 'b', now: 11 });
    await expect(status('b')).resolves.toBe('running');
    await expect(store.beat({ id: 'b', worker: 'w1', now: 12 })).resolves.toBe(
      'cancelled',
    );
    await expect(claim('w2', 1_000)).resolves.toBeUndefined();
    await expect(status('b')).resolves.toBe('cancelled');
    await store.cancel({ id: 'a', now: 1_000 });
    await expect(store.get({ id: 'a' })).resolves.toMatchObject({ endedAt: 5 });
  });
});
