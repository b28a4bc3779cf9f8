import fc from 'fast-check';
import type { AccessLogRecord, ResourceAccessLogRecord } from '../types';
import { callKey } from './callKey';
import { connectionKey } from './connectionKey';
import { pathShape } from './pathShape';

describe('callKey', () => {
  const record: AccessLogRecord = {
    startTime: '2026-11-22T10:00:00Z',
    timestamp: 1,
    requestId: 'r-1',
    serviceArn: 'arn:service',
    sourceIpPort: '10.0.0.1:3000',
    requestMethod: 'GET',
    requestPath: '/orders/1',
    other: {},
  };

  it('is the same in the log of the network and of the service', () => {
    const twin = { ...record, startTime: '2026-11-22T10:00:00.000Z' };
    expect(callKey({ ...twin, other: { logged: 'elsewhere' } })).toBe(
      callKey(record),
    );
    expect(callKey(record)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    { requestId: 'r-2' },
    { timestamp: 2 },
    { serviceArn: 'arn:other' },
    // A client that sets the request id itself may set it twice.
    { sourceIpPort: '10.0.0.1:3001' },
    { requestMethod: 'POST' },
    { requestPath: '/orders/2' },
  ])('tells another call by %j', difference => {
    expect(callKey({ ...record, ...difference })).not.toBe(callKey(record));
  });

  it('does without a request id', () => {
    const { requestId, ...without } = record;
    expect(callKey({ ...without, duration: 1 })).not.toBe(
      callKey({ ...without, duration: 2 }),
    );
  });
});

describe('connectionKey', () => {
  const record: ResourceAccessLogRecord = {
    eventTimestamp: '2026-11-22T10:00:00Z',
    timestamp: 1,
    resourceConfigurationArn: 'arn:rcfg',
    protocol: 'tcp',
    sourceVpcArn: 'arn:vpc',
    sourceIpPort: '10.0.0.1:3000',
    destinationIpPort: '10.0.0.2:5432',
    gatewayIpPort: '10.0.0.3:1',
    resourceIpPort: '10.0.0.4:5432',
    other: {},
  };

  it('is the same whichever log has the record', () => {
    expect(
      connectionKey({
        ...record,
        serviceNetworkArn: 'arn:sn',
        other: { a: 1 },
      }),
    ).toBe(connectionKey(record));
    expect(connectionKey(record)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    { timestamp: 2 },
    { resourceConfigurationArn: 'arn:other' },
    { sourceVpcArn: 'arn:other' },
    { sourceIpPort: '10.0.0.1:3001' },
    { destinationIpPort: '10.0.0.2:5433' },
    { gatewayIpPort: '10.0.0.3:2' },
    { resourceIpPort: '10.0.0.5:5432' },
  ])('tells another connection by %j', difference => {
    expect(connectionKey({ ...record, ...difference })).not.toBe(
      connectionKey(record),
    );
  });
});

describe('pathShape', () => {
  it.each([
    ['/', '/'],
    ['', ''],
    ['/a/', '/a/'],
    // As auth-policy has it.
    ['/orders/1/items/ord_1a2b3c', '/orders/*/items/*'],
    ['/v2beta1/orders', '/v2beta1/orders'],
    ['/a/b/c/d/e/f/g/h', '/a/b/c/d/e/f/g/h'],
    ['/a/b/c/d/e/f/g/h/i/j', '/a/b/c/d/e/f/g/h/*'],
  ])('%s is %s', (path, shape) => {
    expect(pathShape(path)).toBe(shape);
  });

  it('is its own shape, and short', () => {
    fc.assert(
      fc.property(fc.webPath(), path => {
        const shape = pathShape(path);
        expect(pathShape(shape)).toBe(shape);
        expect(shape.split('/').length).toBeLessThanOrEqual(10);
      }),
    );
  });
});
