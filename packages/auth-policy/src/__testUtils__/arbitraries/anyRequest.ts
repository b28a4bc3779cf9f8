import fc from 'fast-check';
import { ANONYMOUS, ROLE, SERVICE, signed } from '../../cases/RuleCase';
import { AuthorizationRequest, Caller } from '../../types';
import { mostly } from './mostly';
import { CALLER_POOLS, POOLS, USER } from './request';

const attributes = fc.record({
  organizationId: fc.constantFrom(...CALLER_POOLS.organizationId),
  tags: fc.constantFrom<Record<string, string>>(
    ...CALLER_POOLS.tags,
    { t: '*', u: '' },
    { T: 'a', t: 'b' },
  ),
});
// Policies are taken to name roles that exist: with a session alone, a path that the
// policy gets wrong can't be told.
const caller: fc.Arbitrary<Caller> = mostly<Caller>(
  attributes.map(each => signed({ roleArn: ROLE, ...each })),
  fc
    .tuple(
      fc.constantFrom(
        USER,
        ROLE,
        'arn:aws:iam::445566778899:root',
        'arn:aws:sts::445566778899:federated-user/ann',
        'arn:aws:sts::445566778899:odd',
      ),
      attributes,
    )
    .map(([arn, each]) => signed({ arn, ...each })),
  fc.constant(ANONYMOUS),
);

/** A call, known or not in the ways that AWS leaves open. */
export const anyRequest: fc.Arbitrary<AuthorizationRequest> = fc.record({
  caller,
  serviceArn: fc.constant(SERVICE),
  method: fc.constantFrom(...POOLS.method, 'get', 'a'),
  headers: fc.constantFrom<Record<string, string>>(
    ...POOLS.headers,
    { 'x-a': '' },
    { 'x-a': 'a, b' },
    { 'X-A': 'b' },
  ),
  query: fc.constantFrom<Record<string, string[]>>(
    ...POOLS.query,
    { q: [''] },
    { q: [] },
  ),
  path: fc.constantFrom(
    ...POOLS.path,
    ...POOLS.path,
    '/x/../a',
    '/%61',
    '/A',
    '/a/',
  ),
  port: fc.constantFrom(...POOLS.port),
  sourceVpc: fc.constantFrom(...POOLS.sourceVpc),
  sourceVpcOwnerAccount: fc.constantFrom(...POOLS.sourceVpcOwnerAccount),
  serviceNetworkArn: fc.constantFrom(...POOLS.serviceNetworkArn),
  serviceTags: fc.constantFrom(...POOLS.serviceTags),
  time: fc.constantFrom(...POOLS.time),
  transport: fc.constantFrom(
    ...new Array<undefined>(8).fill(undefined),
    'tls-passthrough' as const,
    'tcp' as const,
  ),
});
