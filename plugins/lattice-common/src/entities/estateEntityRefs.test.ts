import { estateEntityNames, serviceEntityRef } from './estateEntityRefs';
import type { EstateResource, Service } from '../estate/types';

function resource(
  type: string,
  accountId: string,
  name: string,
  region = 'us-east-1',
): EstateResource {
  const arn = `arn:aws:vpc-lattice:${region}:${accountId}:${type}/${name}`;
  return { arn, id: arn, name, accountId, region };
}

function estate(resources: {
  services?: EstateResource[];
  serviceNetworks?: EstateResource[];
  targetGroups?: EstateResource[];
}) {
  return {
    services: [],
    serviceNetworks: [],
    targetGroups: [],
    ...resources,
  } as any;
}

describe('estateEntityNames', () => {
  const orders = resource('service', '1', 'orders');
  it.each([
    ['a name of its own', [estate({ services: [orders] })], { a: 'orders' }],
    [
      'the same service seen from two accounts',
      [estate({ services: [orders] }), estate({ services: [orders] })],
      { a: 'orders' },
    ],
    [
      'the same name in two accounts',
      [
        estate({ services: [orders] }),
        estate({ services: [resource('service', '2', 'orders')] }),
      ],
      { a: 'orders-1', b: 'orders-2' },
    ],
    [
      'the same name in two regions of an account',
      [
        estate({ services: [resource('service', '1', 'x', 'eu-west-1')] }),
        estate({ services: [resource('service', '1', 'x')] }),
      ],
      { a: 'x-1-eu-west-1', b: 'x-1-us-east-1' },
    ],
    [
      'a target group and a network named like the service',
      [
        estate({
          targetGroups: [resource('targetgroup', '1', 'orders')],
          serviceNetworks: [resource('servicenetwork', '3', 'orders')],
          services: [orders],
        }),
      ],
      { a: 'orders', b: 'orders-network', c: 'orders-targets' },
    ],
    [
      'characters the catalog refuses',
      [estate({ services: [resource('service', '1', '-Orders & more-')] })],
      { a: 'orders-more' },
    ],
    [
      'a long name',
      [estate({ services: [resource('service', '1', 'a'.repeat(100))] })],
      { a: 'a'.repeat(63) },
    ],
  ])('%s', (_, estates, expected) => {
    expect([...estateEntityNames(estates).values()]).toEqual(
      Object.values(expected),
    );
  });

  it('makes entity references', () => {
    const service = orders as Service;
    expect(serviceEntityRef({ service, estates: [] })).toBe(
      'resource:default/orders',
    );
    expect(
      serviceEntityRef({
        service,
        estates: [
          estate({ services: [orders, resource('service', '2', 'orders')] }),
        ],
      }),
    ).toBe('resource:default/orders-1');
  });
});
