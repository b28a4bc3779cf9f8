/*
 * Writes the schemas of the custom resources that the templates use, from checkouts of
 * kubernetes-sigs/gateway-api and aws/aws-application-networking-k8s:
 *
 *   node scripts/snapshotCustomResources.mjs GATEWAY_API_CHECKOUT CONTROLLER_CHECKOUT
 *
 * Kept are the schema of the version that the templates write and the rules in it; descriptions and
 * status are left out.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parse } from 'yaml';

const [gatewayApi, controller] = process.argv.slice(2);
if (!controller) {
  throw new Error('Needed: the checkouts of gateway-api and of the controller');
}

/** The controller's go.mod at that tag asks for this version of Gateway API. */
const sources = [
  {
    checkout: gatewayApi,
    repository: 'https://github.com/kubernetes-sigs/gateway-api',
    tag: 'v1.5.0',
    directory: 'config/crd/standard',
    group: 'gateway.networking.k8s.io',
    version: 'v1',
    plurals: ['gateways', 'httproutes', 'grpcroutes', 'tlsroutes'],
  },
  {
    checkout: controller,
    repository: 'https://github.com/aws/aws-application-networking-k8s',
    tag: 'v2.1.3',
    directory: 'config/crds/bases',
    group: 'application-networking.k8s.aws',
    version: 'v1alpha1',
    plurals: [
      'accesslogpolicies',
      'iamauthpolicies',
      'serviceexports',
      'serviceimports',
      'targetgrouppolicies',
      'vpcassociationpolicies',
    ],
  },
];

function withoutDescriptions(value, isMapOfSchemas = false) {
  if (Array.isArray(value)) {
    return value.map(item => withoutDescriptions(item));
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => isMapOfSchemas || key !== 'description')
      .map(([key, item]) => [
        key,
        withoutDescriptions(item, key === 'properties' && !isMapOfSchemas),
      ]),
  );
}

const customResources = sources.flatMap(
  ({ checkout, repository, tag, directory, group, version, plurals }) =>
    plurals.map(plural => {
      const path = `${directory}/${group}_${plural}.yaml`;
      const { spec } = parse(
        execFileSync('git', ['-C', checkout, 'show', `${tag}:${path}`], {
          encoding: 'utf8',
          maxBuffer: 2 ** 26,
        }),
      );
      const { schema } = spec.versions.find(({ name }) => name === version);
      const { status, ...properties } = schema.openAPIV3Schema.properties;
      return {
        source: `${repository}/blob/${tag}/${path}`,
        apiVersion: `${group}/${version}`,
        kind: spec.names.kind,
        schema: withoutDescriptions({ ...schema.openAPIV3Schema, properties }),
      };
    }),
);
writeFileSync(
  new URL('../src/kubernetes/generated/customResources.json', import.meta.url),
  `${JSON.stringify(customResources)}\n`,
);
