import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { callerOf, callKey, classify } from '@lattice-portal/access-logs';
import {
  type AccessLogStore,
  createAccessLogStore,
} from '@lattice-portal/access-log-store';
import {
  callOf,
  policyEstate,
  refusedBy,
  serviceArn,
} from '../__testUtils__/policyEstate';
import { recordsOf } from '../__testUtils__/recordsOf';
import { eventually } from '../__testUtils__/startPortal';
import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { DatabaseReplayStore } from '../database/DatabaseReplayStore';
import { migrate } from '../database/openDatabase';
import { ReplayService } from './ReplayService';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const hour = 3_600_000;
const documentFor = (path: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: '*',
        Resource: `${serviceArn}${path}`,
      },
    ],
  });
const request = {
  id: 'r1',
  changes: [
    {
      layer: 'service' as const,
      resourceArn: serviceArn,
      resourceName: 'orders',
      statement: { Effect: 'Allow' as const },
      before: documentFor('/orders/*'),
      after: documentFor('/refunds/*'),
      charactersLeft: 0,
    },
  ],
};
const calls = () =>
  [1, 2, 3, 4].flatMap(age => {
    const timestamp = Date.now() - age * hour;
    return [
      callOf({ timestamp, requestPath: `/orders/${age}` }),
      callOf({ timestamp, requestPath: '/else', ...refusedBy('Service') }),
    ];
  });

/** A store that does not answer until the question is given up. */
const silentRecords: Pick<AccessLogStore, 'callShapes'> = {
  callShapes: ({ signal }) =>
    new Promise((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
    }),
};

describe.each(databaseIds)('ReplayService on %s', databaseId => {
  const services: ReplayService[] = [];
  afterEach(() => Promise.all(services.map(service => service.stop())));

  async function setUp() {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    const store = DatabaseReplayStore.create({ knex });
    /** Another replica. */
    const replica = (records?: Pick<AccessLogStore, 'callShapes'>) => {
      const { index, policies } = policyEstate({});
      const service = ReplayService.create({
        store,
        records,
        estate: { current: async () => index },
        policies,
        logger: mockServices.logger.mock(),
        beat: 20,
        silence: 200,
      });
      services.push(service);
      return service;
    };
    return { replica, store };
  }
  const start = (service: ReplayService) =>
    service.start({ request, hours: 24, askedBy: 'user:default/a' });
  const ended = (service: ReplayService, id: string, status: string) =>
    eventually(async () => {
      const replay = await service.get({ id });
      expect(replay?.status).toBe(status);
      return replay!;
    });
  it('replays what is in Parquet files, and any replica answers', async () => {
    const { replica } = await setUp();
    const directory = await mkdtemp(join(tmpdir(), 'replay-'));
    const records = await createAccessLogStore({
      config: {
        type: 'embedded',
        directory,
        timeoutSeconds: 60,
        memoryLimit: 256,
        threads: 1,
        processes: 1,
      },
      clients: () => Promise.reject(new Error('not asked')),
    });
    try {
      await records.append({
        id: 'a',
        calls: calls().map(record => ({
          key: callKey(record),
          source: 'log',
          twin: false,
          record,
          caller: callerOf(record),
          outcome: classify(record),
        })),
      });
      const { id } = await start(replica(records));
      const other = replica();
      await expect(ended(other, id, 'done')).resolves.toMatchObject({
        progress: { hoursDone: 24, hours: 24, calls: 8 },
        attempts: 1,
      });
      await expect(other.result({ id })).resolves.toMatchObject({
        calls: 8,
        services: [
          {
            counts: {
              newlyAllowed: 0,
              newlyDenied: 4,
              unchanged: 4,
              unknown: 0,
            },
          },
        ],
        groups: [
          { change: 'newly-denied', pathShape: '/orders/*', count: 4 },
          { change: 'unchanged', pathShape: '/else', count: 4 },
        ],
        gaps: expect.arrayContaining([
          expect.objectContaining({ kind: 'not-read' }),
        ]),
      });
    } finally {
      await records.close();
      await rm(directory, { recursive: true });
    }
  });

  it('is cancelled from any replica, and makes room for the next', async () => {
    const { replica } = await setUp();
    const busy = replica(silentRecords);
    const { id } = await start(busy);
    await ended(busy, id, 'running');
    await expect(start(busy)).rejects.toMatchObject({ name: 'ConflictError' });
    await replica().cancel({ id });
    await ended(busy, id, 'cancelled');
    await start(busy);
  });

  it('is run again by another replica when its own ends, from the start', async () => {
    const { replica } = await setUp();
    const dying = replica(silentRecords);
    const { id } = await start(dying);
    await ended(dying, id, 'running');
    await dying.stop();
    const other = replica(recordsOf(calls()));
    await eventually(async () => {
      other.work();
      expect((await other.get({ id }))?.status).toBe('done');
    });
    await expect(other.get({ id })).resolves.toMatchObject({ attempts: 2 });
    await expect(other.result({ id })).resolves.toMatchObject({ calls: 8 });
  });

  it('fails with the reason, and says why nothing can be replayed', async () => {
    const { replica } = await setUp();
    const service = replica(
      recordsOf([], { onAsk: () => Promise.reject(new Error('disk is full')) }),
    );
    const { id } = await start(service);
    await expect(ended(service, id, 'failed')).resolves.toMatchObject({
      error: expect.stringContaining('disk is full'),
    });
    const bare = replica();
    expect(bare.unavailable).toContain('lattice.accessLogs.store');
    await expect(start(bare)).rejects.toMatchObject({
      name: 'NotImplementedError',
      message: bare.unavailable,
    });
  });
});
