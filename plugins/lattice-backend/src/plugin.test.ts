import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AccessRequest,
  type DenialCause,
  type DenialExplanation,
  type LogSource,
  type LogSourceStatus,
  type ServiceMap,
  totalCalls,
  type TrafficReplay,
} from '@lattice-portal/plugin-lattice-common';
import { startTestSandbox, type TestSandbox } from '@lattice-portal/sandbox';
import { eventually, startPortal } from './__testUtils__/startPortal';

jest.setTimeout(120_000);

const noChange = { proof: undefined, changes: undefined };
const oneChange = { proof: 'allowed', changes: 1 };

describe('the plugin against an AWS estate', () => {
  let sandbox: TestSandbox;
  let portal: Awaited<ReturnType<typeof startPortal>>;
  let map: ServiceMap;
  let recordsDirectory: string;

  beforeAll(async () => {
    sandbox = await startTestSandbox({ traffic: true });
    recordsDirectory = await mkdtemp(join(tmpdir(), 'records-'));
    portal = await startPortal({
      sandbox,
      accessLogs: { store: { type: 'embedded', directory: recordsDirectory } },
    });
    map = await eventually(async () => {
      const { body } = await portal.as('platform-engineer').get('/map');
      // The backlog is read from its old end on.
      const recently = new Date(Date.now() - 5 * 60_000).toISOString();
      const isCurrent = body.completeness.sources.every(
        ({ readUntil = '' }: LogSourceStatus) => readUntil > recently,
      );
      const hasBucket = body.completeness.sources.some(
        ({ id }: LogSourceStatus) => id.startsWith('arn:aws:s3:'),
      );
      if (
        body.services.length < 5 ||
        !hasBucket ||
        body.completeness.twins === 0 ||
        !isCurrent
      ) {
        throw new Error(JSON.stringify(body.completeness));
      }
      return body;
    }, 90);
  });
  afterAll(async () => {
    await portal?.server.stop();
    await sandbox?.stop();
    // What is being written when the portal stops is there a moment later.
    await rm(recordsDirectory, {
      recursive: true,
      force: true,
      maxRetries: 20,
    });
  });

  const serviceOf = (name: string) =>
    map.services.find(service => service.name === name)!;
  const causesFor = async (user: string) => {
    const { body } = await portal.as(user).get('/denial-causes');
    return body.causes as DenialCause[];
  };
  const explain = async (
    match: (cause: DenialCause) => boolean,
    user = 'platform-engineer',
  ) => {
    const cause = (await causesFor(user)).find(match);
    const { body } = await portal
      .as(user)
      .get(`/denied-requests/${cause?.exampleId}`);
    return body as DenialExplanation;
  };

  it('draws the map, and accounts for every line', async () => {
    expect(map.services.map(({ name }) => name).sort()).toEqual([
      'inventory',
      'orders',
      'payments',
      'recommendations',
      'status',
    ]);
    expect(serviceOf('orders')).toMatchObject({
      owner: 'group:default/commerce',
      entityRef: 'resource:default/orders',
      authType: 'AWS_IAM',
      targetTypes: ['LAMBDA'],
    });
    expect(map.vpcs).toHaveLength(6);
    expect(map.serviceNetworks).toMatchObject([{ name: 'company' }]);
    const ends = map.edges
      .map(edge => {
        const caller = map.callers.find(({ id }) => id === edge.callerId);
        const service = map.services.find(({ arn }) => arn === edge.serviceArn);
        return `${caller?.name} → ${service?.name}: ${edge.lastOutcome}`;
      })
      .sort();
    expect(ends).toEqual(
      expect.arrayContaining([
        'anonymous → orders: denied-by-service',
        'batch-export → inventory: denied-by-service',
        'edge-canary → recommendations: denied-by-identity',
        'reporting → orders: denied-by-network',
      ]),
    );
    const { completeness } = map;
    const { stored, duplicates, twins, unparsed, linesRead } = completeness;
    expect(completeness.connections).toBe(0);
    expect(stored + duplicates + twins + unparsed).toBe(linesRead);
    // Polling every second reads much again, but counts it once.
    expect(duplicates).toBe(0);
    expect(unparsed).toBe(0);
    expect(twins).toBeGreaterThan(0);
    expect(completeness.accounts.map(({ status }) => status)).toEqual(
      Array(6).fill('fresh'),
    );
  });

  it('shows a service, its outcomes and its callers', async () => {
    const user = portal.as('commerce-owner');
    const { id } = serviceOf('inventory');
    const { body: detail } = await user.get(`/services/${id}`);
    expect(detail).toMatchObject({
      owner: 'group:default/commerce',
      freshness: { status: 'fresh' },
      service: { name: 'inventory', authPolicy: { status: 'read' } },
    });
    // batch-export was let in until yesterday.
    expect(detail.policyVersions.length).toBeGreaterThan(1);
    expect(detail.policyVersions[0].document).not.toContain('batch-export');
    expect(
      detail.policyVersions.some((version: any) =>
        version.document?.includes('batch-export'),
      ),
    ).toBe(true);

    const { body: outcomes } = await user.get(`/services/${id}/outcomes`);
    expect(outcomes.buckets.length).toBeGreaterThanOrEqual(12);
    expect(outcomes.buckets.at(-2).counts['denied-by-service']).toBeGreaterThan(
      0,
    );
    const { body: callers } = await user.get(`/services/${id}/callers`);
    expect(callers.callers.map((caller: any) => caller.name)).toContain(
      'batch-export',
    );

    const { body: foreign } = await portal
      .as('analytics-developer')
      .get(`/services/${id}`);
    expect(foreign.policyVersions).toEqual([]);
    expect(foreign.service.authPolicy.status).toBe('unreadable');
  });

  it.each([
    [
      'anonymous → orders',
      (cause: DenialCause) => cause.callerId === 'anonymous',
      { service: 'implicitly-denied' },
      /was not signed/,
      noChange,
    ],
    [
      'reporting → orders',
      (cause: DenialCause) => cause.callerId.endsWith('/reporting'),
      { network: 'implicitly-denied', service: 'allowed' },
      /^$/,
      oneChange,
    ],
    [
      'batch-export → inventory',
      (cause: DenialCause) => cause.callerId.endsWith('/batch-export'),
      { network: 'allowed', service: 'implicitly-denied', identity: 'allowed' },
      /^$/,
      oneChange,
    ],
    [
      'edge-canary → recommendations',
      (cause: DenialCause) => cause.callerId.endsWith('/edge-canary'),
      { identity: 'implicitly-denied' },
      /The role edge-canary in account 445566778899 needs an identity policy/,
      noChange,
    ],
  ])('explains %s', async (_, match, layers, noFix, fix) => {
    const explanation = await explain(match);
    const results = Object.fromEntries(
      explanation.now.verdict.layers.map(row => [row.layer, row.result]),
    );
    expect(results).toMatchObject(layers);
    expect(explanation.agreement.agrees).toBe(true);
    expect(explanation.then?.documents.length).toBeGreaterThan(1);
    expect(explanation.notChecked.join()).toContain('Headers, query string');
    expect(explanation.cause?.count).toBeGreaterThan(0);
    expect({
      noFix: explanation.noFix ?? '',
      proof: explanation.fix?.proof.outcome,
      changes: explanation.fix?.changes.length,
    }).toEqual({ noFix: expect.stringMatching(noFix), ...fix });
  });

  it('shows denied requests to those involved only', async () => {
    const names = async (user: string) =>
      new Set(
        (await causesFor(user)).map(
          cause => `${cause.callerId.split('/').at(-1)} → ${cause.serviceName}`,
        ),
      );
    expect(await names('analytics-developer')).toEqual(
      new Set(['reporting → orders', 'batch-export → inventory']),
    );
    expect(await names('edge-developer')).toEqual(
      new Set(['edge-canary → recommendations']),
    );
    expect((await names('platform-engineer')).size).toBeGreaterThan(3);

    const [cause] = (await causesFor('platform-engineer')).filter(
      ({ callerId }) => callerId.endsWith('/batch-export'),
    );
    const path = `/denied-requests/${cause.exampleId}`;
    const foreign = await portal.as('edge-developer').get(path);
    expect(foreign.status).toBe(404);
    const { body } = await portal.as('analytics-developer').get(path);
    expect(body.now.verdict.outcome).toBe('denied');
    expect(body.askers).toEqual([
      'group:default/analytics',
      'group:default/platform',
    ]);
    expect(
      body.now.documents.map((used: any) => [used.layer, used.withheld]),
    ).toEqual([
      ['network', expect.any(String)],
      ['service', expect.any(String)],
      ['identity', undefined],
    ]);
    // What the policies of others say is told, but not quoted.
    const [network, service] = body.now.verdict.layers;
    expect(network).toMatchObject({ result: 'allowed', nearest: [] });
    expect(service).toMatchObject({
      result: 'implicitly-denied',
      nearest: [],
      message: expect.stringMatching(/^No statement of .* The call misses/),
    });
    const { body: detail } = await portal
      .as('commerce-owner')
      .get(`/services/${serviceOf('inventory').id}`);
    const sids = JSON.parse(detail.service.authPolicy.document)
      .Statement.map((statement: any) => statement.Sid)
      .filter(Boolean);
    expect(sids.length).toBeGreaterThan(0);
    for (const sid of sids) {
      expect(JSON.stringify(body)).not.toContain(sid);
    }
  });

  it('leads from the map to denied requests the viewer may read only', async () => {
    const leading = async (user: string, path: string) => {
      const { body } = await portal.as(user).get(path);
      expect(body.edges.every((edge: any) => edge.counts)).toBe(true);
      return new Set(
        body.edges
          .filter((edge: any) => edge.lastDeniedRequestId)
          .map((edge: any) => edge.callerId.split('/').at(-1)),
      );
    };
    const callers = `/services/${serviceOf('orders').id}/callers`;
    expect(await leading('edge-developer', '/map')).toEqual(
      new Set(['edge-canary']),
    );
    expect(await leading('edge-developer', callers)).toEqual(new Set());
    expect(await leading('commerce-owner', callers)).toEqual(
      new Set(['anonymous', 'reporting']),
    );
    const { body } = await portal.as('edge-developer').get('/map');
    const denied = body.edges.filter((edge: any) => edge.lastDenied);
    expect(denied.length).toBeGreaterThan(2);
  });

  it.each([
    '/map',
    '/outcomes',
    '/completeness',
    '/services',
    '/services/svc-1',
    '/services/svc-1/outcomes',
    '/services/svc-1/callers',
    '/services/svc-1/statement-use',
    '/service-networks/sn-1/statement-use',
    '/estate',
    '/service-networks',
    '/accounts',
    '/roles?accountId=223344556677',
    '/callers',
    '/denial-causes',
    '/denied-requests',
    '/denied-requests/x',
    '/access-requests',
    '/access-requests/x',
    '/access-requests/x/replays',
    '/replays/x',
    '/log-sources',
    '/unparsed-lines',
    '/records/x',
  ])('gives %s to nobody who is not signed in', async path => {
    expect((await portal.as('nobody').get(path)).status).toBe(401);
  });

  it('lets the platform team pause a log, and nobody else', async () => {
    const sourcesFor = async (user: string) => {
      const { body } = await portal.as(user).get('/log-sources');
      return body.items as LogSource[];
    };
    const isBucket = ({ id }: LogSource) => id.startsWith('arn:aws:s3:');
    const bucket = (await sourcesFor('platform-engineer')).find(isBucket)!;
    const { body: all } = await portal.as('commerce-owner').get('/log-sources');
    expect(all.recordSinks).toEqual([
      expect.objectContaining({
        id: 'access-log-store',
        waiting: expect.any(Number),
      }),
    ]);
    // The bucket has what the network's log group has too.
    expect(bucket).toMatchObject({ status: 'reading', permitted: ['pause'] });
    expect(bucket.linesRead).toBeGreaterThan(0);
    expect(bucket.stored + bucket.twins).toBe(bucket.linesRead);
    const path = `/log-sources/${bucket.number}`;
    for (const user of ['commerce-owner', 'service', 'nobody']) {
      const { status } = await portal.as(user).post(`${path}/pause`);
      expect(status).toBe(user === 'nobody' ? 401 : 403);
    }
    expect((await sourcesFor('commerce-owner')).find(isBucket)).toMatchObject({
      status: 'reading',
      permitted: [],
    });
    const paused = await portal.as('platform-engineer').post(`${path}/pause`);
    expect(paused.body).toMatchObject({
      status: 'paused',
      paused: { by: 'user:default/platform-engineer' },
      permitted: ['resume'],
    });
    const { body } = await portal.as('commerce-owner').get('/completeness');
    expect(body.sources).toContainEqual(
      expect.objectContaining({ id: bucket.id, status: 'paused' }),
    );
    const resumed = await portal.as('platform-engineer').post(`${path}/resume`);
    expect(resumed.body).toMatchObject({ status: 'reading' });
    for (const wrong of ['/log-sources/9999/pause', `${path}/stop`]) {
      const answer = await portal.as('platform-engineer').post(wrong);
      expect(answer.status).toBe(wrong.includes('9999') ? 404 : 400);
    }
  });

  it('shows lines that could not be read to the platform team', async () => {
    const asked = '/unparsed-lines';
    const { status } = await portal.as('commerce-owner').get(asked);
    expect(status).toBe(403);
    const { body } = await portal.as('platform-engineer').get(asked);
    expect(body).toEqual({ items: [] });
  });

  it('pages through denied requests while new ones arrive', async () => {
    const user = portal.as('platform-engineer');
    const ids: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const { body } = await user.get('/denied-requests', {
        limit: 200,
        ...(cursor && { cursor }),
      });
      ids.push(...body.items.map(({ id }: any) => id));
      cursor = body.nextCursor;
      pages++;
    } while (cursor);
    expect(pages).toBeGreaterThan(1);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('filters denied requests and causes by fields, network and account', async () => {
    const user = portal.as('platform-engineer');
    const list = async (query: object) =>
      (await user.get('/denied-requests', { limit: 500, ...query })).body.items;
    // Past what comes in now, and less than a page, also when a log is read whose turn it was not yet.
    const newest: any[] = await list({});
    const startOf = (share: number) =>
      newest[Math.floor((newest.length - 1) * share)].startTime;
    const window = { from: startOf(0.4), to: startOf(0.2) };
    const all: any[] = await list(window);
    expect(all.length).toBeGreaterThan(10);
    // Who doesn't sign has no account.
    const { serviceNetworkArn, callerAccountId, serviceArn } = all.find(
      item => item.callerAccountId,
    );
    const serviceAccount = serviceArn.split(':')[4];
    const isOf = (item: any, accountId: string) =>
      item.callerAccountId === accountId ||
      item.serviceArn.split(':')[4] === accountId;
    for (const [query, expected] of [
      [{ where: 'requestMethod:equals:GET' }, (d: any) => d.method === 'GET'],
      [{ where: 'responseCode:below:403' }, () => false],
      [
        { where: ['responseCode:equals:403', 'requestPath:contains:ITEMS'] },
        (d: any) => d.path.includes('items'),
      ],
      [
        { serviceNetworkArn },
        (d: any) => d.serviceNetworkArn === serviceNetworkArn,
      ],
      [{ serviceNetworkArn: 'arn:none' }, () => false],
      ...[callerAccountId, serviceAccount, '999999999999'].map(
        accountId => [{ accountId }, (d: any) => isOf(d, accountId)] as const,
      ),
    ] as const) {
      const ids = (items: any[]) => items.map(({ id }) => id);
      // A log that is read meanwhile tells of more: then both are asked again.
      await eventually(async () => {
        const found = await list({ ...window, ...query });
        const meant = (await list(window)).filter(expected);
        expect([query, ids(found)]).toEqual([query, ids(meant)]);
      });
    }
    // By the hour, and counted anew: both of the window that they say.
    for (const query of [{}, { where: 'requestMethod:present' }]) {
      await eventually(async () => {
        const { body } = await user.get('/denial-causes', {
          ...window,
          ...query,
          limit: 500,
        });
        expect(body.nextCursor).toBeUndefined();
        const requests = await user.get('/denied-requests', body.window);
        expect(
          body.causes.reduce((sum: number, { count }: any) => sum + count, 0),
        ).toBe(requests.body.lines.count);
      });
    }
  });

  it('says of every count what it covers and may lack', async () => {
    const user = portal.as('platform-engineer');
    const { body: services } = await user.get('/services');
    const service = `/services/${services.items[0].id}`;
    const { body: sources } = await user.get('/log-sources');
    const { number, id } = sources.items[0];
    await user.post(`/log-sources/${number}/pause`);
    for (const path of [
      '/map',
      '/services',
      '/outcomes',
      `${service}/outcomes`,
      `${service}/callers`,
      '/map/callers',
      '/denial-causes',
      '/denied-requests',
    ]) {
      const { body } = await eventually(async () => {
        const answer = await user.get(path);
        expect(answer.body.gaps).toContainEqual(
          expect.objectContaining({
            kind: 'source',
            source: id,
            reason: expect.stringContaining('has paused the reading'),
          }),
        );
        return answer;
      });
      expect(Date.parse(body.window.from)).toBeLessThan(
        Date.parse(body.window.to),
      );
      expect(body.completeness.linesRead).toBeGreaterThan(0);
      const parts = ['edges', 'buckets', 'callers', 'causes', 'items'].map(
        part => body[part],
      );
      const [first] = parts.filter(part => part !== undefined);
      const counted = first.map(({ counts, count = 1 }: any) =>
        counts ? totalCalls(counts) : count,
      );
      // Pages are of the newest alone.
      const isPage = body.nextCursor !== undefined;
      const sum = counted.reduce((one: number, other: number) => one + other);
      const { count, isAtLeast } = body.lines;
      expect({ path, count, isAtLeast }).toEqual({
        path,
        count: Math.max(sum, isPage ? count : 0),
        isAtLeast: false,
      });
    }
    await user.post(`/log-sources/${number}/resume`);
  });

  it('counts the calls of an account, a VPC and a caller', async () => {
    const user = portal.as('platform-engineer');
    const to = new Date().toISOString();
    const mapOf = async (query: object) =>
      (await user.get('/map', { to, ...query })).body;
    const { edges } = await mapOf({});
    const accountOf = (arn: string) => arn.split(':')[4];
    const { callerId, serviceArn, sourceVpcId } = edges.find((edge: any) =>
      edge.callerId.startsWith('arn:'),
    );
    const accountId = accountOf(callerId);
    for (const [query, isMeant] of [
      [{ callerId }, (edge: any) => edge.callerId === callerId],
      [{ sourceVpcId }, (edge: any) => edge.sourceVpcId === sourceVpcId],
      [{ serviceArn }, (edge: any) => edge.serviceArn === serviceArn],
      [
        { callerAccountId: accountId },
        (edge: any) => accountOf(edge.callerId) === accountId,
      ],
      [
        { accountId },
        (edge: any) =>
          accountOf(edge.callerId) === accountId ||
          accountOf(edge.serviceArn) === accountId,
      ],
    ] as const) {
      const ids = (items: any[]) => items.map(({ id }) => id).sort();
      // A log that is read meanwhile tells of more: then both are asked again.
      await eventually(async () => {
        const found = await mapOf(query);
        const meant = (await mapOf({})).edges.filter(isMeant);
        expect(ids(found.edges)).toEqual(ids(meant));
      });
    }
    const service = `/services/${serviceArn.split('/')[1]}`;
    const ofCaller = { to, callerId };
    const { body: callers } = await user.get(`${service}/callers`, ofCaller);
    expect(callers.callers).toMatchObject([{ id: callerId }]);
    const { body: over } = await user.get(`${service}/outcomes`, {
      ...ofCaller,
      callerAccountId: accountId,
    });
    expect(over.step).toBe(3600);
    expect(over.window.from).toBe(callers.window.from);
    const sum = (counts: object[]) =>
      counts.flatMap(Object.values).reduce((total, count) => total + count, 0);
    // Calls come in between the two.
    expect(
      sum(over.buckets.map(({ counts }: any) => counts)),
    ).toBeGreaterThanOrEqual(callers.callers[0].calls);
    expect(callers.callers[0].calls).toBeGreaterThan(0);
  });

  it.each([
    ['/map?from=yesterday', 400],
    ['/denied-requests?where=timestamp:equals:1', 400],
    [`/denial-causes?${'where=duration:absent&'.repeat(21)}`, 400],
    ['/denied-requests?where[a]=b', 400],
    ['/map?from=2026-01-02&to=2026-01-01', 400],
    ['/map?serviceNetworkArn=', 400],
    ['/denied-requests?accountId=', 400],
    ['/denied-requests?requestId=a', 400],
    ['/denied-requests?callerId=%00', 400],
    ['/denied-requests/a%00', 400],
    ['/outcomes?serviceArn=a', 400],
    ['/outcomes?from=2020-01-01', 400],
    ['/services/svc-none/outcomes?accountId=1', 400],
    ['/map/callers?step=300', 400],
    ['/outcomes?step=0', 400],
    ['/denied-requests?cursor=x', 400],
    ['/denied-requests?limit=1000000', 400],
    ['/denial-causes?cursor=x', 400],
    ['/denial-causes?limit=501', 400],
    [`/denial-causes?text=${'a+'.repeat(21)}`, 400],
    ['/denied-requests/none', 404],
    ['/services/svc-none', 404],
    ['/access-requests/none', 404],
    ['/services/svc-none/statement-use', 404],
    ['/service-networks/none/statement-use', 404],
    ['/access-requests/none/replays', 404],
    ['/replays/none', 404],
    ['/roles', 400],
  ])('answers %s with %s', async (path, status) => {
    const response = await portal.as('platform-engineer').get(path);
    expect(response.status).toBe(status);
  });

  it('gives the whole estate to plugins and the platform only', async () => {
    for (const [user, status] of [
      ['service', 200],
      ['platform-engineer', 200],
      ['commerce-owner', 403],
    ] as const) {
      expect((await portal.as(user).get('/estate')).status).toBe(status);
    }
  });

  it('brings an access request all the way', async () => {
    const { as, sent } = portal;
    const asker = as('analytics-developer');
    const owner = as('commerce-owner');
    const explanation = await explain(
      cause => cause.callerId.endsWith('/batch-export'),
      'analytics-developer',
    );
    const { callerId, serviceArn, id: deniedRequestId } = explanation.request;
    const body = {
      callerId,
      serviceArn,
      methods: explanation.fix!.methods,
      paths: explanation.fix!.paths,
      deniedRequestId,
      reason: 'The nightly export needs the stock',
    };

    const outsider = await as('edge-developer').post('/access-requests', body);
    expect(outsider.status).toBe(403);
    const { body: preview } = await asker.post('/access-requests/preview', {
      ...body,
      reason: '',
    });
    expect(preview.warnings).toEqual([]);
    expect(preview.effect.newlyAllowed).toMatchObject([
      { callerId, method: 'GET', examplePath: '/items/export' },
    ]);
    expect(preview.effect.newlyAllowed[0].count).toBeGreaterThan(10);
    expect(preview.effect.unknown).toEqual([]);

    const created = await asker.post('/access-requests', body);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      status: 'pending',
      requestedBy: 'user:default/analytics-developer',
      requestedFor: 'group:default/analytics',
      permitted: ['withdraw'],
      changes: [
        {
          layer: 'service',
          resourceName: 'inventory',
          owner: 'group:default/commerce',
          withheld: expect.any(String),
          statement: {
            Sid: `LatticePortal${created.body.id}`,
            Principal: { AWS: callerId },
          },
        },
      ],
    });
    expect(sent).toHaveBeenLastCalledWith(
      expect.objectContaining({
        recipients: expect.objectContaining({
          entityRef: ['group:default/commerce'],
        }),
      }),
    );
    const path = `/access-requests/${created.body.id}`;
    expect((await as('edge-developer').get(path)).status).toBe(404);
    expect((await asker.post(`${path}/approve`)).status).toBe(403);

    const { body: review } = await owner.get(path);
    expect(review.permitted).toEqual(['approve', 'refuse']);
    expect(review.changes[0].before).not.toContain('LatticePortal');

    const replayed = await eventually(async () => {
      const { body: started } = await owner.post(`${path}/replays`, {
        hours: 24,
      });
      const foreign = await asker.post(`/replays/${started.id}/cancel`);
      expect(foreign.status).toBe(403);
      const ended = await eventually(async () => {
        const response = await owner.get(`/replays/${started.id}`);
        expect(response.body.status).toBe('done');
        return response.body as TrafficReplay;
      });
      expect(ended.result!.counts.newlyAllowed).toBeGreaterThan(10);
      return ended;
    }, 60);
    expect(replayed.outdated).toBe(false);
    expect(replayed.result!.counts.newlyDenied).toBe(0);
    const changed = replayed.result!.groups.filter(
      ({ change }) => change !== 'unchanged',
    );
    expect(changed).toMatchObject([
      {
        change: 'newly-allowed',
        callerId,
        serviceName: 'inventory',
        method: 'GET',
        pathShape: '/items/export',
      },
    ]);
    const outside = await as('edge-developer').get(`/replays/${replayed.id}`);
    expect(outside.status).toBe(404);
    const { body: known } = await asker.get(`${path}/replays`);
    expect(known.items[0]).toMatchObject({ id: replayed.id, permitted: [] });

    const approved = await owner.post(`${path}/approve`, { comment: 'Fine' });
    expect(approved.body).toMatchObject({ status: 'applied' });

    const verified = await eventually(async () => {
      const response = await asker.get(path);
      expect(response.body.status).toBe('verified');
      return response.body as AccessRequest;
    }, 60);
    expect(verified.events.map(({ type }) => type)).toEqual([
      'asked',
      'approved',
      'applied',
      'works',
    ]);
    const { body: detail } = await owner.get(
      `/services/${serviceOf('inventory').id}`,
    );
    expect(detail.service.authPolicy.document).toContain(created.body.id);
    expect(detail.policyVersions[0].document).toContain(created.body.id);

    const again = await explain(
      cause => cause.callerId.endsWith('/batch-export'),
      'commerce-owner',
    );
    expect(again.now.verdict.outcome).toBe('allowed');
    expect(again.accessRequestIds).toEqual([created.body.id]);
    expect(again.noFix).toBe('The policies of today allow this call.');

    const revoked = await owner.post(`${path}/revoke`);
    expect(revoked.body.status).toBe('revoked');
    const { body: after } = await owner.get(
      `/services/${serviceOf('inventory').id}`,
    );
    expect(JSON.parse(after.service.authPolicy.document)).toEqual(
      JSON.parse(review.changes[0].before),
    );
  });
});
