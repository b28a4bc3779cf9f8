import fc from 'fast-check';
import { isNoValue } from './fieldReaders';
import { parseAccessLogLine } from './parseAccessLogLine';

const serviceArn =
  'arn:aws:vpc-lattice:us-east-1:223344556677:service/svc-0a1b2c3d4e5f60718';
const minimal = { startTime: '2026-11-22T10:00:00Z', serviceArn };

/** Every field that AWS documents, with a value of the documented format. */
const complete = {
  callerPrincipalTags: '{"team":"edge"}',
  hostHeader: 'orders.example.com',
  sslCipher: 'ECDHE-RSA-AES128-GCM-SHA256',
  serviceNetworkArn:
    'arn:aws:vpc-lattice:us-east-1:001122334455:servicenetwork/sn-0a1b2c3d4e5f60718',
  resolvedUser: 'arn:aws:sts::445566778899:assumed-role/public-proxy/session',
  authDeniedReason: 'null',
  requestMethod: 'GET',
  targetGroupArn:
    'arn:aws:vpc-lattice:us-east-1:223344556677:targetgroup/tg-0a1b2c3d4e5f60718',
  tlsVersion: 'TLSv1.2',
  userAgent: 'curl/8.0',
  serverNameIndication: 'orders.example.com',
  destinationVpcId: 'vpc-0abcdef0123456789',
  sourceIpPort: '10.0.0.1:3000',
  targetIpPort: '172.31.9.231:80',
  serviceArn,
  sourceVpcId: 'vpc-0123456789abcdef0',
  requestPath: 'LatticePath?:/orders/1',
  startTime: '2026-11-22T10:00:00Z',
  protocol: 'HTTP/1.1',
  responseCode: 200,
  bytesReceived: 12,
  bytesSent: 34,
  duration: 23,
  requestToTargetDuration: 1,
  responseFromTargetDuration: 20,
  grpcResponseCode: 0,
  requestId: '8ce5e6a1-4f3c-4b0a-9d5f-0d2f1f1f9a01',
  callerPrincipal:
    'arn:aws:sts::445566778899:assumed-role/public-proxy/session',
  callerX509SubjectCN: 'cn',
  callerX509IssuerOU: 'ou',
  callerX509SANNameCN: 'name',
  callerX509SANDNS: 'dns',
  callerX509SANURI: 'uri',
  sourceVpcArn: 'arn:aws:ec2:us-east-1:445566778899:vpc/vpc-0123456789abcdef0',
  failureReason: '-',
  listenerType: 'HTTPS',
  listenerId: 'listener-0a1b2c3d4e5f60718',
  callerPrincipalOrgID: 'o-lattice01',
};

function parse(line: unknown) {
  return parseAccessLogLine(
    typeof line === 'string' ? line : JSON.stringify(line),
  );
}

function parseService(line: object) {
  const parsed = parse(line);
  if (!parsed.ok || parsed.kind !== 'service') {
    throw new Error(`Not a service record: ${JSON.stringify(parsed)}`);
  }
  return parsed.record;
}

describe('parseAccessLogLine', () => {
  it('reads every documented field', () => {
    const { callerPrincipalOrgID, ...named } = complete;
    expect(parseService(complete)).toEqual({
      ...named,
      timestamp: Date.UTC(2026, 10, 22, 10),
      requestPath: '/orders/1',
      requestQuery: undefined,
      callerPrincipalTags: { team: 'edge' },
      callerPrincipalOrgId: callerPrincipalOrgID,
      authDeniedReason: undefined,
      failureReason: undefined,
      other: {},
    });
  });

  it.each(['-', 'null', '', ' - ', null, undefined])(
    'takes %p for no value, in every field',
    nothing => {
      const line = Object.fromEntries(
        Object.keys(complete).map(name => [name, nothing]),
      );
      expect(parseService({ ...line, ...minimal })).toEqual({
        ...minimal,
        timestamp: Date.UTC(2026, 10, 22, 10),
        other: {},
      });
    },
  );

  it.each([
    ['/orders/1', '/orders/1', undefined],
    ['LatticePath?:/orders/1', '/orders/1', undefined],
    ['LatticePath:/orders/1', '/orders/1', undefined],
    ['LatticePath?:/orders?id=1&x=?', '/orders', 'id=1&x=?'],
    ['/orders?', '/orders', undefined],
    ['LatticePath?:', '/', undefined],
    ['?a=b', '/', 'a=b'],
    ['/a%2Fb//c', '/a%2Fb//c', undefined],
  ])('takes the path %s apart', (requestPath, path, query) => {
    const record = parseService({ ...minimal, requestPath });
    expect([record.requestPath, record.requestQuery]).toEqual([path, query]);
  });

  it.each([
    [{ responseCode: '403' }, { responseCode: 403 }],
    [{ duration: '1.5' }, { duration: 1.5 }],
    [{ authDeniedReason: 'service' }, { authDeniedReason: 'Service' }],
    [
      { callerPrincipalTags: { a: 'b', c: 1 } },
      { callerPrincipalTags: { a: 'b', c: '1' } },
    ],
    [
      { sourceVpcArn: complete.sourceVpcArn },
      { sourceVpcId: 'vpc-0123456789abcdef0' },
    ],
    [{ newField: { deep: [1] } }, { other: { newField: { deep: [1] } } }],
    [{ duration: -1 }, { other: { duration: -1 } }],
    [{ responseCode: 'x' }, { other: { responseCode: 'x' } }],
    [{ responseCode: 1e9 }, { other: { responseCode: 1e9 } }],
    [{ userAgent: 7 }, { other: { userAgent: 7 } }],
    [
      { callerPrincipalTags: '{oops' },
      { other: { callerPrincipalTags: '{oops' } },
    ],
    [{ constructor: 'x' }, { other: { constructor: 'x' } }],
  ])('reads %j', (fields, expected) => {
    expect(parseService({ ...minimal, ...fields })).toMatchObject(expected);
  });

  it('does not let a line reach prototypes', () => {
    const line = `{"__proto__":{"polluted":true},"startTime":"${minimal.startTime}","serviceArn":"${serviceArn}"}`;
    const parsed = parseAccessLogLine(line);
    expect(parsed.ok).toBe(true);
    expect(({} as any).polluted).toBeUndefined();
    expect((parsed as any).record.polluted).toBeUndefined();
    expect((parsed as any).record.other.polluted).toBeUndefined();
  });

  it('tells the record of a resource configuration', () => {
    expect(
      parse({
        eventTimestamp: '2026-11-22T10:00:00.5Z',
        resourceConfigurationArn:
          'arn:aws:vpc-lattice:…:resourceconfiguration/x',
        protocol: 'tcp',
        sourceIpPort: '10.0.0.1:1',
        vpcEndpointId: '-',
      }),
    ).toEqual({
      ok: true,
      kind: 'resource',
      record: {
        eventTimestamp: '2026-11-22T10:00:00.5Z',
        timestamp: Date.UTC(2026, 10, 22, 10, 0, 0, 500),
        resourceConfigurationArn:
          'arn:aws:vpc-lattice:…:resourceconfiguration/x',
        protocol: 'tcp',
        sourceIpPort: '10.0.0.1:1',
        other: {},
      },
    });
  });

  it.each([
    ['', 'not JSON'],
    ['{"startTime":', 'not JSON'],
    ['START RequestId: 1', 'not JSON'],
    ['[]', 'not a JSON object'],
    ['"text"', 'not a JSON object'],
    ['null', 'not a JSON object'],
    [{ serviceArn }, 'startTime is missing or not a time'],
    [{ ...minimal, startTime: '-' }, 'startTime is missing or not a time'],
    [{ ...minimal, startTime: 1 }, 'startTime is missing or not a time'],
    [
      { ...minimal, startTime: '2026-02-30T10:00:00Z' },
      'startTime is missing or not a time',
    ],
    [{ startTime: minimal.startTime }, 'serviceArn is missing or not an ARN'],
    [{ ...minimal, serviceArn: 'x' }, 'serviceArn is missing or not an ARN'],
    [
      { ...minimal, authDeniedReason: 'Boundary' },
      'authDeniedReason is none of Service, Network, Identity',
    ],
    [
      { ...minimal, authDeniedReason: ['Service'] },
      'authDeniedReason is none of Service, Network, Identity',
    ],
    [
      { resourceConfigurationArn: 'arn' },
      'eventTimestamp is missing or not a time',
    ],
  ])('refuses %j: %s', (line, reason) => {
    expect(parse(line)).toEqual({ ok: false, reason });
  });

  it('never throws, and never loses a field', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        parseAccessLogLine(text);
      }),
    );
    fc.assert(
      fc.property(fc.object(), fields => {
        const parsed = parse({ ...fields, ...minimal });
        const kept = parsed.ok
          ? { ...parsed.record.other, ...parsed.record }
          : fields;
        const lost = Object.entries(JSON.parse(JSON.stringify(fields)))
          .filter(([name, value]) => name !== '__proto__' && !isNoValue(value))
          .filter(([name]) => !Object.hasOwn(kept, name));
        expect(lost).toEqual([]);
      }),
    );
  });
});
