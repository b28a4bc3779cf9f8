import type { EksCluster } from '../../estate/containerResources';
import type { ClusterObjects, TypedObject } from '../manifests/ClusterObjects';
import type { KnownKind } from '../manifests/manifestSchema';
import { objectKey } from '../manifests/objectKey';
import { additionalTags } from './controllerTags';
import type { Model, PolicyTarget, Verdict } from './Model';

const GATEWAY_GROUP = 'gateway.networking.k8s.io';

/** What is attached to a Gateway, a route, a Service or a ServiceExport. */
type Policy = TypedObject<
  | 'application-networking.k8s.aws/v1alpha1/IAMAuthPolicy'
  | 'application-networking.k8s.aws/v1alpha1/AccessLogPolicy'
  | 'application-networking.k8s.aws/v1alpha1/VpcAssociationPolicy'
  | 'application-networking.k8s.aws/v1alpha1/TargetGroupPolicy'
>;

/** Kinds that each policy may be attached to, as `group/kind`. */
const TARGETS = {
  IAMAuthPolicy: [
    `${GATEWAY_GROUP}/Gateway`,
    `${GATEWAY_GROUP}/HTTPRoute`,
    `${GATEWAY_GROUP}/GRPCRoute`,
  ],
  AccessLogPolicy: [
    `${GATEWAY_GROUP}/Gateway`,
    `${GATEWAY_GROUP}/HTTPRoute`,
    `${GATEWAY_GROUP}/GRPCRoute`,
  ],
  VpcAssociationPolicy: [`${GATEWAY_GROUP}/Gateway`],
  TargetGroupPolicy: [
    '/Service',
    'application-networking.k8s.aws/ServiceExport',
  ],
};

/**
 * Adds the policies to a model, with what each is told: its target has to be of the right kind, there, and
 * without an older policy of its kind.
 */
export function buildPolicies(options: {
  cluster: EksCluster;
  objects: ClusterObjects;
  model: Model;
}): void {
  const { cluster, objects, model } = options;
  const taken = new Set<string>();
  const judge = (policy: Policy, isAlone: boolean) => {
    const key = objectKey(cluster.arn, policy.object.manifest);
    const verdict = verdictOf(policy, objects);
    const { kind, name } = policy.spec.targetRef;
    const place = `${policy.kind} ${policy.namespace} ${kind} ${name}`;
    const isSecond = isAlone && taken.has(place);
    if (verdict.isTrue && !isSecond) {
      taken.add(place);
    }
    const final = isSecond
      ? refused('Conflicted', `Another ${policy.kind} is for ${kind} ${name}`)
      : verdict;
    model.verdicts.set(key, [final]);
    return final.isTrue ? key : undefined;
  };
  const policiesOf = <K extends KnownKind>(kind: K) =>
    objects
      .all(kind)
      .sort((a, b) =>
        `${a.namespace}/${a.name}` < `${b.namespace}/${b.name}` ? -1 : 1,
      );
  for (const policy of policiesOf(
    'application-networking.k8s.aws/v1alpha1/TargetGroupPolicy',
  )) {
    judge(policy, true);
  }
  for (const policy of policiesOf(
    'application-networking.k8s.aws/v1alpha1/IAMAuthPolicy',
  )) {
    const key = judge(policy, true);
    if (key) {
      model.authPolicies.push({
        objectKey: key,
        generation: policy.object.generation,
        target: targetOf(cluster, policy),
        policy: policy.spec.policy,
      });
    }
  }
  for (const policy of policiesOf(
    'application-networking.k8s.aws/v1alpha1/AccessLogPolicy',
  )) {
    const key = judge(policy, false);
    if (key) {
      model.accessLogs.push({
        objectKey: key,
        name: `${policy.namespace}/${policy.name}`,
        target: targetOf(cluster, policy),
        destinationArn: policy.spec.destinationArn,
        tags: additionalTags(policy.annotations),
      });
    }
  }
  for (const policy of policiesOf(
    'application-networking.k8s.aws/v1alpha1/VpcAssociationPolicy',
  )) {
    const key = judge(policy, true);
    if (key && policy.spec.associateWithVpc) {
      model.vpcAssociations.push({
        objectKey: key,
        network: policy.spec.targetRef.name,
        securityGroupIds: policy.spec.securityGroupIds ?? [],
        tags: additionalTags(policy.annotations),
      });
    }
  }
}

function targetOf(cluster: EksCluster, policy: Policy): PolicyTarget {
  const { group, kind, name } = policy.spec.targetRef;
  return kind === 'Gateway'
    ? { network: name }
    : {
        routeKey: objectKey(cluster.arn, {
          apiVersion: `${group}/v1`,
          kind,
          metadata: { name, namespace: policy.namespace },
        }),
      };
}

function verdictOf(policy: Policy, objects: ClusterObjects): Verdict {
  const { group, kind, name, namespace } = policy.spec.targetRef;
  const kinds = TARGETS[policy.kind as keyof typeof TARGETS];
  if (!kinds.includes(`${group}/${kind}`)) {
    return refused(
      'Invalid',
      `${policy.kind} can't be attached to ${kind} of group '${group}'`,
    );
  }
  if (namespace !== undefined && namespace !== policy.namespace) {
    return refused(
      'Invalid',
      `The namespace of targetRef, ${namespace}, is not that of the policy, ${policy.namespace}`,
    );
  }
  const versions: Record<string, string> = {
    '': 'v1/',
    [GATEWAY_GROUP]: `${GATEWAY_GROUP}/v1/`,
  };
  const version = versions[group] ?? `${group}/v1alpha1/`;
  const place = { namespace: policy.namespace, name };
  return objects.find(`${version}${kind}` as KnownKind, place)
    ? { type: 'Accepted', isTrue: true, reason: 'Accepted', message: '' }
    : refused(
        'TargetNotFound',
        `${kind} target "${policy.namespace}/${name}" could not be found`,
      );
}

function refused(reason: string, message: string): Verdict {
  return { type: 'Accepted', isTrue: false, reason, message };
}
