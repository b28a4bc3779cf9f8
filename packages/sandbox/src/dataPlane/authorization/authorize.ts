import { decide } from '@lattice-portal/auth-policy';
import type {
  AuthorizationRequest,
  IdentityPolicies,
  Layer,
  UnreadableLayer,
  Verdict,
} from '@lattice-portal/auth-policy';
import type { Service, ServiceNetwork } from '../../estate/resources';

/** As access logs name the layer that refused. */
export type AuthDeniedReason = 'Identity' | 'Network' | 'Service';

/** Whether VPC Lattice lets a call pass. */
export type Authorization =
  | { kind: 'allowed' }
  | {
      kind: 'denied';
      reason: AuthDeniedReason;
      /** In the words of AWS. */
      message: string;
      /** What the verdict hung on, where the policies could not be decided. */
      undecided: string[];
    };

/** In the order VPC Lattice evaluates them. */
const LAYERS: { layer: Layer; reason: AuthDeniedReason; policy: string }[] = [
  { layer: 'identity', reason: 'Identity', policy: 'identity-based policy' },
  { layer: 'network', reason: 'Network', policy: 'network-based policy' },
  { layer: 'service', reason: 'Service', policy: 'service-based policy' },
];

/**
 * Judges a call by the policies of the service network, the service and the caller.
 *
 * @remarks
 * An explicit deny comes before a missing allow; within each the first layer in the order identity,
 * network, service is named. A verdict that stays unknown denies, as nothing allows the call.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html#auth-policies-evaluation
 */
export function authorize(options: {
  request: AuthorizationRequest;
  network: ServiceNetwork;
  networkPolicy: string | undefined;
  service: Service;
  servicePolicy: string | undefined;
  identity: IdentityPolicies | UnreadableLayer | undefined;
}): Authorization {
  const { request, network, service } = options;
  const verdict = decide({
    request,
    network: { authType: network.authType, policy: options.networkPolicy },
    service: { authType: service.authType, policy: options.servicePolicy },
    identity: options.identity,
  });
  if (verdict.outcome === 'allowed') {
    return { kind: 'allowed' };
  }
  return { kind: 'denied', ...denialOf(verdict, request) };
}

function denialOf(verdict: Verdict, request: AuthorizationRequest) {
  const rowOf = (layer: Layer) =>
    verdict.layers.find(row => row.layer === layer);
  const first = (...results: string[]) =>
    LAYERS.find(({ layer }) => results.includes(rowOf(layer)?.result ?? ''));
  const explicit = first('explicitly-denied');
  const denying =
    explicit ?? first('implicitly-denied', 'denied') ?? first('unknown');
  const { layer, reason, policy } = denying ?? LAYERS[2];
  const user =
    request.caller.kind === 'signed' ? request.caller.arn : 'anonymous';
  const cause = explicit
    ? `with an explicit deny in ${layer === 'identity' ? 'an' : 'a'} ${policy}`
    : `because no ${policy} allows the vpc-lattice-svcs:Invoke action`;
  return {
    reason,
    message: `User: ${user} is not authorized to perform: vpc-lattice-svcs:Invoke on resource: ${request.serviceArn}${request.path} ${cause}`,
    undecided: verdict.outcome === 'unknown' ? rowOf(layer)?.unknown ?? [] : [],
  };
}
