import { LatticeClient } from './LatticeClient';

const discoveryApi = {
  getBaseUrl: async (pluginId: string) => `http://portal/api/${pluginId}`,
};

describe('LatticeClient', () => {
  const fetchMock = jest.fn();
  const client = new LatticeClient({
    discoveryApi,
    fetchApi: { fetch: fetchMock },
    getToken: async () => 'token',
  });

  beforeEach(() => {
    fetchMock.mockReset();
    fetchMock.mockImplementation(
      async () => new Response(JSON.stringify({ items: [] })),
    );
  });

  it.each([
    ['GET', '/map', () => client.getMap()],
    ['GET', '/map?from=a', () => client.getMap({ from: 'a', to: undefined })],
    [
      'GET',
      '/map/callers?accountId=1',
      () => client.getCallersOfServices({ accountId: '1' }),
    ],
    ['GET', '/services/svc-1', () => client.getService({ serviceId: 'svc-1' })],
    [
      'GET',
      '/services/svc-1/outcomes?step=300',
      () => client.getOutcomes({ serviceId: 'svc-1', step: 300 }),
    ],
    [
      'GET',
      '/outcomes?serviceAccountId=1&serviceNetworkArn=sn',
      () =>
        client.getOutcomesOfServices({
          serviceAccountId: '1',
          serviceNetworkArn: 'sn',
        }),
    ],
    [
      'GET',
      '/denied-requests?limit=5&outcome=denied-by-service',
      () =>
        client.listDeniedRequests({ limit: 5, outcome: 'denied-by-service' }),
    ],
    [
      'GET',
      '/denial-causes?where=hostHeader%3Aabsent&where=userAgent%3Acontains%3Aa%26b',
      () =>
        client.listDenialCauses({
          where: [
            { field: 'hostHeader', operator: 'absent' },
            { field: 'userAgent', operator: 'contains', value: 'a&b' },
          ],
        }),
    ],
    [
      'GET',
      '/denied-requests/a%2Fb',
      () => client.explainDeniedRequest({ id: 'a/b' }),
    ],
    ['GET', '/roles?accountId=1', () => client.listRoles({ accountId: '1' })],
    [
      'POST',
      '/access-requests/1/approve',
      () => client.actOnAccessRequest({ id: '1', action: 'approve' }),
    ],
    [
      'POST',
      '/access-requests/1/replays',
      () => client.startTrafficReplay({ accessRequestId: '1', hours: 24 }),
    ],
    [
      'GET',
      '/service-networks/sn-1/statement-use?from=a&callerId=b',
      () =>
        client.getNetworkStatementUse({
          networkId: 'sn-1',
          from: 'a',
          callerId: 'b',
        }),
    ],
    ['GET', '/replays/r-1', () => client.getTrafficReplay({ id: 'r-1' })],
    [
      'POST',
      '/replays/r-1/cancel',
      () => client.cancelTrafficReplay({ id: 'r-1' }),
    ],
  ])('asks %s %s', async (method, path, call) => {
    await expect(call()).resolves.toEqual({ items: [] });
    const [url, init] = fetchMock.mock.calls[0];
    expect(url).toBe(`http://portal/api/lattice/v1${path}`);
    expect(init.method ?? 'GET').toBe(method);
    expect(init.headers.get('authorization')).toBe('Bearer token');
  });

  it('throws what the back end says', async () => {
    fetchMock.mockResolvedValue(
      new Response(
        JSON.stringify({
          error: { name: 'NotFoundError', message: 'No such service' },
          response: { statusCode: 404 },
        }),
        { status: 404, headers: { 'content-type': 'application/json' } },
      ),
    );
    await expect(client.getCompleteness()).rejects.toMatchObject({
      name: 'ResponseError',
      cause: { name: 'NotFoundError', message: 'No such service' },
    });
  });
});
