import { createHash } from 'node:crypto';
import type {
  Service,
  ServiceNetwork,
} from '@lattice-portal/plugin-lattice-common';
import type { EstateIndex } from '../estate/EstateIndex';

/** An auth policy that decides calls. */
export interface EnforcedPolicy {
  layer: 'network' | 'service';
  resourceArn: string;
  document: string;
  /** Of the document. */
  digest: string;
}

/** The auth policy of a service or network, or a sentence why there are no statements to look at. */
export function enforcedPolicyOf(
  layer: EnforcedPolicy['layer'],
  { arn, authType, authPolicy }: Service | ServiceNetwork,
): EnforcedPolicy | { reason: string } {
  if (authType === 'NONE') {
    return { reason: 'The auth type is NONE: no statement decides anything.' };
  }
  if (authPolicy.status === 'unreadable') {
    return { reason: `The policy can’t be read: ${authPolicy.reason}` };
  }
  if (authPolicy.document === undefined) {
    return { reason: 'There is no policy document.' };
  }
  const { document } = authPolicy;
  const digest = createHash('sha256').update(document).digest('hex');
  return { layer, resourceArn: arn, document, digest };
}

/** All auth policies of the estate that decide calls. */
export function enforcedPolicies(index: EstateIndex): EnforcedPolicy[] {
  return [
    ...[...index.services.values()].map(service =>
      enforcedPolicyOf('service', service),
    ),
    ...[...index.serviceNetworks.values()].map(network =>
      enforcedPolicyOf('network', network),
    ),
  ].filter(policy => 'digest' in policy);
}
