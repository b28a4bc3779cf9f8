import type { LayerVerdict, Verdict } from '@lattice-portal/auth-policy';
import type {
  AccessRequest,
  AccessRequestChange,
  AccessRequestEffect,
  DenialCause,
  DenialExplanation,
  DeniedRequest,
} from '@lattice-portal/plugin-lattice-common';
import { fixtureCallerId, fixtureNow, fixtureServiceArn } from './fixtureMap';

const ago = (minutes: number) =>
  new Date(fixtureNow - minutes * 60_000).toISOString();

const roleArn = fixtureCallerId('batch-export');
const serviceArn = fixtureServiceArn('inventory');

/** The service's policy as it stands: the caller isn't listed. */
export const fixturePolicy = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Readers',
      Effect: 'Allow' as const,
      Principal: { AWS: ['arn:aws:iam::223344556677:root'] },
      Action: 'vpc-lattice-svcs:Invoke',
      Resource: `${serviceArn}/items/*`,
      Condition: {
        StringEquals: { 'vpc-lattice-svcs:RequestMethod': 'GET' },
      },
    },
    {
      Sid: 'Writers',
      Effect: 'Allow' as const,
      Principal: { AWS: 'arn:aws:iam::223344556677:role/orders-function' },
      Action: 'vpc-lattice-svcs:Invoke',
      Resource: `${serviceArn}/items/*`,
    },
  ],
};

/** The statement that would let the caller in. */
export const fixtureStatement = {
  Sid: 'LatticePortal1',
  Effect: 'Allow' as const,
  Principal: { AWS: roleArn },
  Action: 'vpc-lattice-svcs:Invoke',
  Resource: `${serviceArn}/items/export`,
  Condition: { StringEquals: { 'vpc-lattice-svcs:RequestMethod': 'GET' } },
};

const request: DeniedRequest = {
  id: 'denied-batch-export',
  startTime: ago(2),
  outcome: 'denied-by-service',
  callerId: roleArn,
  callerKind: 'signed',
  principal: 'arn:aws:sts::667788990011:assumed-role/batch-export/nightly',
  callerAccountId: '667788990011',
  serviceArn,
  serviceName: 'inventory',
  sourceVpcId: 'vpc-5',
  method: 'GET',
  path: '/items/export',
  requestId: '0c5b5d1e',
};

const allowed = (layer: LayerVerdict['layer']): LayerVerdict => ({
  layer,
  result: 'allowed',
  statement: { index: 0 },
  nearest: [],
  unknown: [],
  message: `The ${layer} policy allows it.`,
});

const denied: Verdict = {
  outcome: 'denied',
  layers: [
    allowed('network'),
    {
      layer: 'service',
      result: 'implicitly-denied',
      nearest: [
        {
          index: 0,
          sid: 'Readers',
          failed: [
            {
              element: 'Principal',
              wanted: ['arn:aws:iam::223344556677:root'],
              got: [roleArn],
              message: 'The caller is not among the principals.',
            },
          ],
        },
      ],
      unknown: [],
      message: 'No statement allows the caller.',
    },
    allowed('identity'),
  ],
};

const proof: Verdict = {
  outcome: 'allowed',
  layers: [allowed('network'), allowed('service'), allowed('identity')],
};

/** A cause with many calls. */
export const fixtureCause: DenialCause = {
  id: 'cause-1',
  callerId: roleArn,
  callerKind: 'signed',
  callerAccountId: '667788990011',
  serviceArn,
  serviceName: 'inventory',
  method: 'GET',
  pathShape: '/items/export',
  sourceVpcId: 'vpc-5',
  outcome: 'denied-by-service',
  count: 1312,
  firstSeen: ago(55),
  lastSeen: ago(2),
  exampleId: request.id,
};

/** An explained denial whose policies once said otherwise. */
export const fixtureExplanation: DenialExplanation = {
  request,
  recorded: { authDeniedReason: 'Service', responseCode: 403 },
  recordedIn: [
    'arn:aws:logs:us-east-1:001122334455:log-group:/aws/lattice/network-company',
  ],
  then: {
    at: ago(2),
    verdict: denied,
    documents: [
      {
        layer: 'service',
        name: 'inventory',
        resourceArn: serviceArn,
        document: JSON.stringify(fixturePolicy),
        validFrom: ago(1500),
      },
    ],
  },
  now: {
    at: ago(0),
    verdict: denied,
    documents: [
      {
        layer: 'service',
        name: 'inventory',
        resourceArn: serviceArn,
        document: JSON.stringify(fixturePolicy),
        validFrom: ago(1500),
      },
    ],
  },
  agreement: {
    agrees: true,
    explanation: 'The policies of then say what AWS recorded.',
    mayBe: [],
  },
  notChecked: ['Service control policies: the portal does not read them'],
  fix: {
    changes: [
      {
        layer: 'service',
        resourceArn: serviceArn,
        resourceName: 'inventory',
        owner: 'group:default/commerce',
        statement: fixtureStatement,
      },
    ],
    proof,
    methods: ['GET'],
    paths: ['/items/export'],
  },
  cause: fixtureCause,
  askers: ['group:default/analytics', 'group:default/platform'],
  accessRequestIds: [],
  lastAllowed: ago(1500),
};

/** The fix as a change of a document. */
export const fixtureChange: AccessRequestChange = {
  layer: 'service',
  resourceArn: serviceArn,
  resourceName: 'inventory',
  owner: 'group:default/commerce',
  statement: fixtureStatement,
  before: JSON.stringify(fixturePolicy),
  after: JSON.stringify({
    ...fixturePolicy,
    Statement: [...fixturePolicy.Statement, fixtureStatement],
  }),
  charactersLeft: 8_912,
};

/** What the change does to the calls of the day. */
export const fixtureEffect: AccessRequestEffect = {
  from: ago(1440),
  to: ago(0),
  newlyAllowed: [
    {
      callerId: roleArn,
      serviceArn,
      method: 'GET',
      pathShape: '/items/export',
      count: 1312,
    },
  ],
  stillDenied: 270,
  unknown: [],
};

/** A request that waits for its owner. */
export const fixtureAccessRequest: AccessRequest = {
  id: 'request-1',
  status: 'pending',
  callerId: roleArn,
  serviceArn,
  serviceName: 'inventory',
  methods: ['GET'],
  paths: ['/items/export'],
  reason: 'The nightly export feeds the sales report.',
  expiresAt: ago(-43_200),
  requestedBy: 'user:default/analytics-developer',
  requestedFor: 'group:default/analytics',
  createdAt: ago(10),
  deniedRequestId: request.id,
  changes: [fixtureChange],
  effect: fixtureEffect,
  events: [
    {
      at: ago(10),
      by: 'user:default/analytics-developer',
      type: 'asked',
      message: 'Asked for access.',
    },
  ],
  permitted: ['approve', 'refuse'],
};
