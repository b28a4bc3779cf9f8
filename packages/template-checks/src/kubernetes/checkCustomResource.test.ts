import { checkCustomResource } from './checkCustomResource';
import { knownCustomResources, StructuralSchema } from './CustomResource';
import { ruleProgram } from './ruleProgram';

const gateway = (listeners: object[]) => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'company' },
  spec: { gatewayClassName: 'amazon-vpc-lattice', listeners },
});

const route = (spec: object, kind = 'HTTPRoute') => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind,
  metadata: { name: 'orders' },
  spec: { parentRefs: [{ name: 'company' }], ...spec },
});

const policy = (kind: string, spec: object) => ({
  apiVersion: 'application-networking.k8s.aws/v1alpha1',
  kind,
  metadata: { name: 'orders' },
  spec,
});

const https = {
  name: 'https',
  protocol: 'HTTPS',
  port: 443,
  tls: { mode: 'Terminate', certificateRefs: [{ name: 'unused' }] },
};
const backendRefs = [{ name: 'orders', port: 8080 }];
const targetRef = { group: '', kind: 'Service', name: 'orders' };

describe('checkCustomResource', () => {
  it.each([
    ['a gateway', gateway([https])],
    [
      'a route to two backends',
      route({
        rules: [
          {
            matches: [
              { path: { type: 'PathPrefix', value: '/orders' }, method: 'GET' },
            ],
            backendRefs: [
              ...backendRefs,
              {
                group: 'application-networking.k8s.aws',
                kind: 'ServiceImport',
                name: 'orders-b',
                weight: 100,
              },
            ],
          },
        ],
      }),
    ],
    [
      'a target group policy',
      policy('TargetGroupPolicy', {
        targetRef,
        protocol: 'HTTP',
        healthCheck: { enabled: true, intervalSeconds: 5 },
      }),
    ],
  ])('accepts %s', (_, manifest) => {
    expect(checkCustomResource(manifest)).toEqual([]);
  });

  it.each([
    [
      'a port out of range',
      gateway([{ ...https, port: 70000 }]),
      '.spec.listeners[0].port',
      'must be <= 65535',
    ],
    [
      'a field that is none',
      gateway([{ ...https, tsl: {} }]),
      '.spec.listeners[0].tsl',
      'is no field',
    ],
    [
      'a name of the controller in an enumeration',
      policy('ServiceExport', {
        exportedPorts: [{ port: 80, routeType: 'TCP' }],
      }),
      '.spec.exportedPorts[0].routeType',
      'must be equal to one of the allowed values',
    ],
    [
      'a health check that is too eager',
      policy('TargetGroupPolicy', {
        targetRef,
        healthCheck: { intervalSeconds: 4 },
      }),
      '.spec.healthCheck.intervalSeconds',
      'must be >= 5',
    ],
    [
      'two listeners of one name',
      gateway([https, { ...https, port: 8443 }]),
      '.spec.listeners[1]',
      'is there already: ["https"]',
    ],
    // Rules in CEL.
    [
      'two listeners on one port and protocol',
      gateway([https, { ...https, name: 'other' }]),
      '.spec.listeners',
      'Combination of port, protocol and hostname must be unique for each listener',
    ],
    [
      'a path that climbs',
      route({
        rules: [
          {
            matches: [{ path: { type: 'PathPrefix', value: '/a/../b' } }],
            backendRefs,
          },
        ],
      }),
      '.spec.rules[0].matches[0].path',
      "must not contain '/../' when type one of ['Exact', 'PathPrefix']",
    ],
    [
      'a service without a port',
      route({ rules: [{ backendRefs: [{ name: 'orders' }] }] }),
      '.spec.rules[0].backendRefs[0]',
      'Must have port for Service reference',
    ],
    [
      'one parent twice',
      route({
        parentRefs: [{ name: 'company' }, { name: 'company' }],
        rules: [{ backendRefs }],
      }),
      '.spec.parentRefs',
      'sectionName must be unique when parentRefs includes 2 or more references to the same parent',
    ],
    [
      'a number for a host',
      route({ hostnames: ['10.0.0.1'], rules: [{ backendRefs }] }, 'TLSRoute'),
      '.spec.hostnames',
      'Hostnames cannot contain an IP',
    ],
  ])('refuses %s', (_, manifest, path, message) => {
    expect(checkCustomResource(manifest)).toContainEqual({ path, message });
  });

  it('refuses TLS that ends nowhere: the rule for it fails', () => {
    expect(
      checkCustomResource(gateway([{ ...https, tls: { mode: 'Terminate' } }])),
    ).toEqual([
      {
        path: '.spec.listeners[0].tls',
        message: expect.stringContaining('field not found: certificateRefs'),
      },
    ]);
  });

  it('knows nothing of other kinds', () => {
    expect(
      checkCustomResource({ apiVersion: 'v1', kind: 'Service' }),
    ).toBeUndefined();
  });

  it('can run every rule of every kind', () => {
    const rules = knownCustomResources().flatMap(({ schema }) =>
      rulesOf(schema),
    );
    expect(rules.length).toBeGreaterThan(140);
    for (const rule of rules) {
      expect(() => ruleProgram(rule)).not.toThrow();
    }
  });

  it('does not pass over a rule that it can not run', () => {
    expect(() => ruleProgram('self.name == oldSelf.name')).toThrow(
      'compares with an older version',
    );
    expect(() => ruleProgram('self.all(')).toThrow();
    expect(() => ruleProgram('unheardOf(self)')('x')).toThrow('unheardOf');
  });
});

function rulesOf(schema: StructuralSchema): string[] {
  const { properties = {}, items, additionalProperties } = schema;
  return [
    ...(schema['x-kubernetes-validations'] ?? []).map(({ rule }) => rule),
    ...[...Object.values(properties), items, additionalProperties].flatMap(
      below => (typeof below === 'object' ? rulesOf(below) : []),
    ),
  ];
}
