import { status } from '@grpc/grpc-js';
import { grpcFiles } from './__testUtils__/grpcFiles';
import { tlsFiles } from './__testUtils__/tlsFiles';
import {
  type ClusterTest,
  startClusterTest,
} from './__testUtils__/startClusterTest';
import { callGrpc } from '../testing/callGrpc';

describe('services of gRPC and TLS', () => {
  jest.setTimeout(60_000);
  let test: ClusterTest;
  beforeEach(async () => {
    test = await startClusterTest();
    await test.makeLogGroup();
  });
  afterEach(() => test.stop());

  const count = '/stock.v1.Stock/Count';
  const hide = '/stock.v1.Stock/Hide';
  const call = async (
    options: { role?: string; path?: string; message?: string } = {},
  ) => {
    const { message, ...answer } = await callGrpc({
      ...test.asEdge(options.role),
      host: test.service()!.dnsEntry.domainName,
      path: options.path ?? count,
      message: Buffer.from(options.message ?? 'screws'),
    });
    return { ...answer, message: message?.toString() };
  };
  const untilItAnswers = () =>
    test.until(async () => test.service() && (await call()).code === status.OK);

  it('answers the methods of a GRPCRoute, those that the auth policy allows', async () => {
    await test.write(grpcFiles());
    await untilItAnswers();

    await expect(call()).resolves.toEqual({
      code: status.OK,
      details: '',
      message: expect.stringMatching(
        /^screws for Principal=arn:aws:sts::445566778899:assumed-role\/public-proxy\//,
      ),
    });
    await expect(call({ message: 'nothing' })).resolves.toEqual({
      code: status.NOT_FOUND,
      details: 'There is none',
    });
    await expect(call({ path: '/stock.v1.Stock/Gone' })).resolves.toMatchObject(
      { code: status.UNIMPLEMENTED, details: expect.stringContaining('404') },
    );
    const refused = {
      code: status.PERMISSION_DENIED,
      details: expect.stringContaining('403'),
    };
    await expect(call({ path: hide })).resolves.toMatchObject(refused);
    await expect(call({ role: 'edge-canary' })).resolves.toMatchObject(refused);

    const of403 = (reason: string) => ({
      responseCode: 403,
      authDeniedReason: reason,
      failureReason: 'ClientAccessDenied',
      grpcResponseCode: '-',
    });
    const records = await test.records();
    expect(records.slice(-5)).toMatchObject([
      {
        protocol: 'HTTP/2',
        requestMethod: 'POST',
        requestPath: count,
        responseCode: 200,
        grpcResponseCode: 0,
        targetIpPort: expect.stringMatching(/:8080$/),
      },
      { responseCode: 200, grpcResponseCode: 5 },
      { responseCode: 404, grpcResponseCode: '-', targetIpPort: '-' },
      { requestPath: hide, ...of403('Service') },
      {
        resolvedUser: expect.stringContaining('assumed-role/edge-canary/'),
        ...of403('Identity'),
      },
    ]);
    expect(
      test.estate.targetGroups.find(({ name }) => name.startsWith('k8s-stock')),
    ).toMatchObject({
      config: { protocolVersion: 'GRPC' },
      targets: [{ status: 'HEALTHY' }],
    });
  });

  it('answers clients of HTTP/1.1 as well', async () => {
    await test.write(grpcFiles());
    await untilItAnswers();
    const message = Buffer.from('\0\0\0\0\x06screws');
    await expect(
      test.call({
        path: count,
        method: 'POST',
        headers: { 'content-type': 'application/grpc', te: 'trailers' },
        body: message,
      }),
    ).resolves.toMatchObject({
      status: 200,
      contentType: expect.stringMatching(/^application\/grpc/),
      trailers: { 'grpc-status': '0' },
      body: expect.stringContaining('screws for Principal='),
    });
  });

  it('lets an empty message stand for what it can not run', async () => {
    await test.write(grpcFiles({ dependencies: { express: '^5.0.0' } }));
    await untilItAnswers();
    await expect(call()).resolves.toEqual({
      code: status.OK,
      details: '',
      message: '',
    });
  });

  it('carries nothing to a service that passes TLS through', async () => {
    await test.write(tlsFiles());
    await test.until(() =>
      test
        .conditions('TLSRoute', 'stock')
        .some(text => text.startsWith('Programmed=True')),
    );
    expect(
      test.estate.listeners.find(
        ({ serviceArn }) => serviceArn === test.service()!.arn,
      ),
    ).toMatchObject({ protocol: 'TLS_PASSTHROUGH', port: 443 });
    await expect(test.call()).rejects.toThrow('socket hang up');
  });
});
