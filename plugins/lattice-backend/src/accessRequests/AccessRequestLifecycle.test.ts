import { mockServices } from '@backstage/backend-test-utils';
import { ConflictError, NotImplementedError } from '@backstage/errors';
import type { AccessRequestChange } from '@lattice-portal/plugin-lattice-common';
import type { AuthPolicyStore } from '@lattice-portal/plugin-lattice-node';
import type { AccessRequestRecord } from '../database/AccessRequestStore';
import { addEvidence } from '../database/addRollUps';
import { DatabaseAccessRequestStore } from '../database/DatabaseAccessRequestStore';
import {
  createTestDatabases,
  databaseIds,
} from '../__testUtils__/testDatabases';
import { migrate } from '../database/openDatabase';
import { AccessRequestLifecycle } from './AccessRequestLifecycle';
import { AccessRequestNotifier } from './AccessRequestNotifier';
import { PolicyApplier } from './PolicyApplier';
import { partiesOf } from './transitions';

const minute = 60_000;
const start = Date.parse('2026-11-22T10:00:00Z');
const arnOf = (id: string) =>
  `arn:aws:vpc-lattice:us-east-1:223344556677:service/${id}`;
const others = { Sid: 'Others', Effect: 'Allow' as const, Principal: '*' };
const documentOf = (...statements: object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

function changeOf(name: string): AccessRequestChange {
  const statement = { Sid: 'LatticePortalr1', Effect: 'Allow' as const };
  return {
    layer: 'service',
    resourceArn: arnOf(name),
    resourceName: name,
    owner: 'group:default/commerce',
    statement,
    before: documentOf(others),
    after: documentOf(others, statement),
    charactersLeft: 9_000,
  };
}

const databases = createTestDatabases();

describe.each(databaseIds)('AccessRequestLifecycle on %s', databaseId => {
  async function setUp(overrides: Partial<AccessRequestRecord> = {}) {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    let now = start + minute;
    const documents = new Map([
      [arnOf('one'), documentOf(others)],
      [arnOf('two'), documentOf(others)],
    ]);
    const policyStore: AuthPolicyStore = {
      get: async ({ resourceArn }) => ({
        document: documents.get(resourceArn),
      }),
      put: jest.fn(async ({ resourceArn, document, expected }) => {
        if (documents.get(resourceArn) !== expected) {
          throw new ConflictError('changed');
        }
        documents.set(resourceArn, document);
      }),
    };
    const send = jest.fn();
    const refresh = jest.fn();
    const logger = mockServices.logger.mock();
    const store = DatabaseAccessRequestStore.create({ knex });
    const lifecycle = AccessRequestLifecycle.create({
      store,
      applier: PolicyApplier.create({
        policyStore,
        estate: { refresh } as any,
        auditor: mockServices.auditor.mock({
          createEvent: async () => ({ success: jest.fn(), fail: jest.fn() }),
        }),
      }),
      notifier: AccessRequestNotifier.create({
        notifications: { send },
        logger,
      }),
      logger,
      now: () => now,
    });
    const request: AccessRequestRecord = {
      id: 'r1',
      status: 'approved',
      callerId: 'arn:aws:iam::667788990011:role/batch',
      serviceArn: arnOf('one'),
      serviceName: 'one',
      methods: ['GET'],
      paths: ['/x'],
      reason: 'needed',
      requestedBy: 'user:default/ann',
      requestedFor: 'group:default/analytics',
      createdAt: new Date(start).toISOString(),
      changes: [changeOf('one'), changeOf('two')],
      effect: {
        from: '',
        to: '',
        newlyAllowed: [],
        stillDenied: 0,
        unknown: [],
      },
      events: [
        { at: new Date(start).toISOString(), type: 'approved', message: '' },
      ],
      ...overrides,
    };
    await store.create({ request, parties: partiesOf(request) });
    const state = async () => (await store.get({ id: 'r1' }))!.request;
    return {
      knex,
      documents,
      policyStore,
      send,
      refresh,
      store,
      lifecycle,
      state,
      pass: (milliseconds: number) => {
        now += milliseconds;
      },
      evidence: (kind: 'passed' | 'denied', at: number) =>
        addEvidence(knex, [
          {
            requestId: 'r1',
            kind,
            count: 1,
            firstSeen: at,
            lastSeen: at,
            example: 'GET /x',
          },
        ]),
      types: async () => (await state()).events.map(({ type }) => type),
    };
  }

  it('applies all changes, finds out that they work, and takes exactly them out again', async () => {
    const {
      documents,
      lifecycle,
      state,
      types,
      evidence,
      refresh,
      pass,
      send,
    } = await setUp({ expiresAt: new Date(start + 60 * minute).toISOString() });
    await lifecycle.run();
    expect(documents.get(arnOf('two'))).toBe(changeOf('two').after);
    expect(await state()).toMatchObject({
      status: 'applied',
      changes: [{ appliedAt: '2026-11-22T10:01:00.000Z' }, {}],
    });
    expect(refresh).toHaveBeenCalledWith({
      accountId: '223344556677',
      region: 'us-east-1',
    });
    await evidence('passed', start + 2 * minute);
    await lifecycle.run();
    expect(await types()).toEqual(['approved', 'applied', 'works']);
    expect((await state()).events.at(-1)?.message).toBe('GET /x got through');

    // Somebody else adds a statement meanwhile: it stays.
    const more = { Sid: 'More', Effect: 'Deny' };
    documents.set(
      arnOf('one'),
      documentOf(others, changeOf('one').statement, more),
    );
    pass(60 * minute);
    await lifecycle.run();
    expect(await state()).toMatchObject({
      status: 'expired',
      changes: [{ removedAt: expect.any(String) }, {}],
    });
    expect(documents.get(arnOf('one'))).toBe(documentOf(others, more));
    expect(documents.get(arnOf('two'))).toBe(documentOf(others));
    expect(send).toHaveBeenLastCalledWith(
      expect.objectContaining({
        payload: expect.objectContaining({
          title: 'Access batch → one: expired',
          link: '/lattice/requests/r1',
        }),
      }),
    );
  });

  it('is void when a document changed, and leaves nothing behind', async () => {
    const { documents, lifecycle, state, types } = await setUp();
    const changed = documentOf(others, { Sid: 'New', Effect: 'Deny' });
    documents.set(arnOf('two'), changed);
    await lifecycle.run();
    expect((await state()).status).toBe('void');
    expect(await types()).toEqual(['approved', 'void']);
    expect(documents.get(arnOf('one'))).toBe(documentOf(others));
    expect(documents.get(arnOf('two'))).toBe(changed);
  });

  it('goes on after a break between writing and saving', async () => {
    const { documents, lifecycle, state, policyStore } = await setUp();
    documents.set(arnOf('one'), changeOf('one').after);
    await lifecycle.run();
    expect((await state()).status).toBe('applied');
    expect(policyStore.put).toHaveBeenCalledTimes(1);
  });

  it('leaves a fresh approval to who took it, and applies once when two come at once', async () => {
    const fresh = await setUp({
      events: [
        {
          at: new Date(start + minute - 1).toISOString(),
          type: 'approved',
          message: '',
        },
      ],
    });
    await fresh.lifecycle.run();
    expect((await fresh.state()).status).toBe('approved');

    const stored = (await fresh.store.get({ id: 'r1' }))!;
    const results = await Promise.allSettled([
      fresh.lifecycle.apply(stored),
      fresh.lifecycle.apply(stored),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
    expect(fresh.policyStore.put).toHaveBeenCalledTimes(2);
    expect(await fresh.types()).toEqual(['approved', 'applied']);
  });

  it.each([
    [
      'at once where trying again is no use',
      new NotImplementedError('no writer role'),
      0,
    ],
    ['in the end', new Error('throttled'), 5 * minute],
  ])('fails %s', async (_, error, patience) => {
    const { lifecycle, state, policyStore, pass } = await setUp();
    (policyStore.put as jest.Mock).mockRejectedValue(error);
    pass(patience);
    await lifecycle.run();
    expect(await state()).toMatchObject({
      status: 'failed',
      events: [{}, { type: 'failed', message: error.message }],
    });
  });

  it('tries again for a while', async () => {
    const { lifecycle, state, policyStore } = await setUp();
    (policyStore.put as jest.Mock).mockRejectedValueOnce(
      new Error('throttled'),
    );
    await lifecycle.run();
    expect((await state()).status).toBe('approved');
    await lifecycle.run();
    expect((await state()).status).toBe('applied');
  });

  it('leaves the last statement of a policy, and says what to do', async () => {
    const { documents, lifecycle, policyStore, state, store, pass } =
      await setUp({ expiresAt: new Date(start + 60 * minute).toISOString() });
    await lifecycle.run();
    const { statement } = changeOf('one');
    documents.set(arnOf('one'), documentOf(statement));
    (policyStore.put as jest.Mock).mockClear();
    await expect(
      lifecycle.end((await store.get({ id: 'r1' }))!, {
        status: 'revoked',
        message: '',
      }),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringMatching(
        /^Statement LatticePortalr1 is the only one in the policy of one, .* Then revoke it again\.$/,
      ),
    });
    expect((await state()).status).toBe('applied');
    // The other document is rid of it already, which is no matter.
    expect(documents.get(arnOf('two'))).toBe(documentOf(others));

    pass(60 * minute);
    await lifecycle.run();
    expect(await state()).toMatchObject({
      status: 'expired',
      changes: [{}, { removedAt: expect.any(String) }],
      events: [
        {},
        {},
        { message: expect.stringMatching(/^Its time is up\. Statement/) },
      ],
    });
    expect((await state()).changes[0].removedAt).toBeUndefined();
    expect(documents.get(arnOf('one'))).toBe(documentOf(statement));
    expect(policyStore.put).toHaveBeenCalledTimes(1);
  });

  it('says once that calls are still refused, and not before the change can hold', async () => {
    const { lifecycle, evidence, types, state } = await setUp();
    await lifecycle.run();
    await evidence('denied', start + 2 * minute);
    await lifecycle.run();
    expect(await types()).toEqual(['approved', 'applied']);
    await evidence('denied', start + 8 * minute);
    await lifecycle.run();
    await lifecycle.run();
    expect(await types()).toEqual(['approved', 'applied', 'still-denied']);
    expect((await state()).events.at(-1)?.message).toBe(
      'GET /x is still refused',
    );
  });
});
