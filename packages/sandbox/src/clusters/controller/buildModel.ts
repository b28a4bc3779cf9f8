import type { Pod } from '../../estate/clusterResources';
import type { EksCluster } from '../../estate/containerResources';
import type { ClusterObjects } from '../manifests/ClusterObjects';
import { objectKey } from '../manifests/objectKey';
import { endpointsOf } from '../workloads/runPods';
import { UnsupportedRoute } from './buildRules';
import {
  buildService,
  ipFamilyOf,
  type Route,
  ROUTE_TYPES,
  type RouteKind,
} from './buildService';
import { buildTargetGroup } from './buildTargetGroup';
import { buildPolicies } from './buildPolicies';
import { additionalTags } from './controllerTags';
import { findTargetGroupPolicy } from './findTargetGroupPolicy';
import type { Model, Verdict } from './Model';

/** Class of the Gateways that are the controller's. */
const GATEWAY_CLASS = 'amazon-vpc-lattice';

const ANNOTATION = 'application-networking.k8s.aws/';

/**
 * What the AWS Gateway API Controller of a cluster wants to be there. Looks at the cluster's objects and
 * pods alone.
 */
export function buildModel(options: {
  cluster: EksCluster;
  objects: ClusterObjects;
  pods: Pod[];
}): Model {
  const { cluster, objects, pods } = options;
  const model: Model = {
    targetGroups: [],
    services: [],
    authPolicies: [],
    accessLogs: [],
    vpcAssociations: [],
    gateways: [],
    routeKeys: new Set(),
    verdicts: new Map(),
  };
  const keyOf = ({ object }: { object: Route['object'] }) =>
    objectKey(cluster.arn, object.manifest);
  const gateways = objects
    .all('gateway.networking.k8s.io/v1/Gateway')
    .filter(({ spec }) => spec.gatewayClassName === GATEWAY_CLASS);
  for (const gateway of gateways) {
    model.gateways.push({ objectKey: keyOf(gateway), network: gateway.name });
    model.verdicts.set(keyOf(gateway), [accepted()]);
  }
  for (const kind of Object.keys(ROUTE_TYPES) as RouteKind[]) {
    for (const route of objects.all(kind)) {
      const built = buildService({ ...options, gateways, kind, route });
      const isRefused = built.verdicts.some(({ isTrue }) => !isTrue);
      model.routeKeys.add(keyOf(route));
      model.verdicts.set(keyOf(route), built.verdicts);
      if (built.service && !isRefused) {
        model.services.push(built.service);
        model.targetGroups.push(...built.targetGroups);
      }
    }
  }
  for (const exported of objects.all(
    'application-networking.k8s.aws/v1alpha1/ServiceExport',
  )) {
    const { name, namespace, annotations, spec } = exported;
    const place = {
      namespace,
      name: annotations[`${ANNOTATION}service-name`] ?? name,
    };
    const service = objects.find('v1/Service', place);
    if (!service) {
      model.verdicts.set(keyOf(exported), [
        refused('BackendNotFound', `There is no Service ${place.name}`),
      ]);
      continue;
    }
    const ports =
      spec.exportedPorts.length > 0 ? spec.exportedPorts : [undefined];
    try {
      for (const exportedPort of ports) {
        model.targetGroups.push(
          buildTargetGroup({
            cluster,
            source: {
              type: 'ServiceExport',
              routeType: exportedPort?.routeType,
              port: exportedPort?.port,
            },
            of: { namespace, name },
            ipFamily: ipFamilyOf(service),
            policy: findTargetGroupPolicy(objects, {
              kind: 'ServiceExport',
              namespace,
              name,
            }),
            targets: endpointsOf({ pods, service, port: exportedPort?.port }),
            tags: additionalTags(annotations),
          }),
        );
      }
      model.verdicts.set(keyOf(exported), [accepted()]);
    } catch (error) {
      if (!(error instanceof UnsupportedRoute)) {
        throw error;
      }
      model.verdicts.set(keyOf(exported), [
        refused('UnsupportedValue', error.message),
      ]);
    }
  }
  buildPolicies({ cluster, objects, model });
  return model;
}

function accepted(): Verdict {
  return { type: 'Accepted', isTrue: true, reason: 'Accepted', message: '' };
}

function refused(reason: string, message: string): Verdict {
  return { type: 'Accepted', isTrue: false, reason, message };
}
