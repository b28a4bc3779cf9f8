import fc from 'fast-check';
import {
  ANONYMOUS,
  NETWORK,
  ROLE,
  SERVICE,
  signed,
} from '../../cases/RuleCase';
import { AuthorizationRequest, Caller } from '../../types';
import { mostly } from './mostly';

export const USER = 'arn:aws:iam::445566778899:user/ann';
export const NIGHT = Date.UTC(2026, 0, 1);

/** What each attribute can be; a forgotten one can be any of these. */
export const POOLS = {
  method: ['GET', 'POST'],
  headers: [
    {},
    { 'x-a': 'a' },
    { 'x-a': 'ab', 'x-ip': '10.1.2.3' },
    { 'x-ip': '192.168.0.200' },
  ] as Array<Record<string, string>>,
  query: [{}, { q: ['a'] }, { q: ['a', 'ab'] }, { q: ['b', 'GET'] }] as Array<
    Record<string, string[]>
  >,
  path: ['/a', '/b', '/ab', '/a/b', '/a/x/b', '/axbxc'],
  port: [80, 443, 8080],
  sourceVpc: ['a', 'b'],
  sourceVpcOwnerAccount: ['445566778899', '111111111111'],
  serviceNetworkArn: [NETWORK, NETWORK.replace('0123', '9999')],
  serviceTags: [{}, { t: 'a' }, { t: 'b' }] as Array<Record<string, string>>,
  time: [NIGHT - 1, NIGHT, NIGHT + 1000, NIGHT + 86_400_000],
};

/** The same of what is known about a signed caller. */
export const CALLER_POOLS = {
  organizationId: ['none', 'a'],
  tags: [{}, { t: 'a' }, { t: 'b', u: 'a' }] as Array<Record<string, string>>,
};

const attributesOfCaller = fc.record({
  organizationId: fc.constantFrom(...CALLER_POOLS.organizationId),
  tags: fc.constantFrom(...CALLER_POOLS.tags),
});
const caller: fc.Arbitrary<Caller> = mostly<Caller>(
  attributesOfCaller.map(each => signed({ roleArn: ROLE, ...each })),
  attributesOfCaller.map(each => signed({ arn: USER, ...each })),
  fc.constant(ANONYMOUS),
);

/** A call of which everything is known. */
export const request: fc.Arbitrary<AuthorizationRequest> = fc.record({
  caller,
  serviceArn: fc.constant(SERVICE),
  method: fc.constantFrom(...POOLS.method),
  headers: fc.constantFrom(...POOLS.headers),
  query: fc.constantFrom(...POOLS.query),
  path: fc.constantFrom(...POOLS.path),
  port: fc.constantFrom(...POOLS.port),
  sourceVpc: fc.constantFrom(...POOLS.sourceVpc),
  sourceVpcOwnerAccount: fc.constantFrom(...POOLS.sourceVpcOwnerAccount),
  serviceNetworkArn: fc.constantFrom(...POOLS.serviceNetworkArn),
  serviceTags: fc.constantFrom(...POOLS.serviceTags),
  time: fc.constantFrom(...POOLS.time),
});
