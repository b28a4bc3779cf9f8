import {
  emptyOutcomeCounts,
  exactLines,
  type LatticeApi,
  type ServiceDetail,
} from '@lattice-portal/plugin-lattice-common';
import {
  fixtureAccessRequest,
  fixtureCause,
  fixtureChange,
  fixtureEffect,
  fixtureExplanation,
  fixturePolicy,
} from './fixtureDenial';
import { fixtureCompleteness, fixtureMap, fixtureNow } from './fixtureMap';

const detail: ServiceDetail = {
  service: {
    ...fixtureMap.services[1],
    status: 'ACTIVE',
    domainName: 'inventory-0123.7d67968.vpc-lattice-svcs.us-east-1.on.aws',
    authPolicy: { status: 'read', document: JSON.stringify(fixturePolicy) },
    listeners: [],
  },
  owner: 'group:default/commerce',
  entityRef: 'resource:default/inventory',
  serviceNetworks: [],
  serviceAssociations: [],
  targetGroups: [],
  policyVersions: [
    {
      resourceArn: fixtureMap.services[1].arn,
      document: JSON.stringify(fixturePolicy),
      validFrom: new Date(fixtureNow - 86_400_000).toISOString(),
      validTo: new Date(fixtureNow - 3_600_000).toISOString(),
      source: 'seen',
    },
  ],
  freshness: fixtureCompleteness.accounts[1],
};

const buckets = Array.from({ length: 72 }, (_, index) => ({
  start: new Date(fixtureNow - (72 - index) * 300_000).toISOString(),
  counts: {
    ...emptyOutcomeCounts(),
    allowed: 180 + (index % 7) * 12,
    'denied-by-service': index > 40 ? 24 : 0,
    'denied-by-network': index % 9 ? 0 : 8,
    failed: index % 5 ? 0 : 6,
  },
}));

/** A back end that answers with the fixtures, but for what is given. */
export function createFixtureApi(
  overrides: Partial<LatticeApi> = {},
): Partial<LatticeApi> {
  const basis = {
    window: fixtureMap.window,
    lines: exactLines(1_312),
    gaps: [],
    completeness: fixtureCompleteness,
  };
  return {
    getMap: async () => fixtureMap,
    listServices: async () => ({
      ...basis,
      items: fixtureMap.services,
    }),
    getService: async () => detail,
    getOutcomes: async () => ({
      ...basis,
      step: 300,
      buckets,
    }),
    getCallers: async () => ({
      ...basis,
      callers: fixtureMap.callers.map(caller => ({
        ...caller,
        counts: { ...emptyOutcomeCounts(), allowed: 1 },
        calls: 1,
        denied: 0,
        deniedShare: 0,
      })),
      edges: fixtureMap.edges.filter(
        ({ serviceArn }) => serviceArn === detail.service.arn,
      ),
    }),
    listDenialCauses: async () => ({
      ...basis,
      causes: [fixtureCause],
    }),
    explainDeniedRequest: async () => fixtureExplanation,
    listAccessRequests: async () => ({ items: [fixtureAccessRequest] }),
    getAccessRequest: async () => fixtureAccessRequest,
    previewAccessRequest: async () => ({
      changes: [fixtureChange],
      effect: fixtureEffect,
      warnings: [],
    }),
    getStatementUse: async () => ({
      status: 'not-computed',
      reason: 'No store of access log records is configured.',
    }),
    listTrafficReplays: async () => ({ items: [] }),
    listCallers: async () => ({ items: fixtureMap.callers }),
    ...overrides,
  };
}
