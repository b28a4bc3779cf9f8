import { RequestContext } from '../facts/RequestContext';
import { DecideOptions, OpenRequest, Verdict } from '../types';
import { combineLayers } from './combineLayers';
import { decideAttachment } from './decideAttachment';
import { decideIdentity } from './decideIdentity';
import { decideLimits } from './decideLimits';
import { isEnforced } from './isEnforced';

/**
 * Says what the policies make of one call to a VPC Lattice service, and why.
 *
 * @remarks
 * A signed call needs an allow of the identity-based policies and of each auth policy
 * that is enforced, within one account and across accounts alike; a deny anywhere wins.
 * The verdict is three-valued: where it hangs on something that the request doesn't
 * tell, or on a rule that AWS leaves open, it is `unknown` and says on what. What is not
 * known never matters if the rest is enough for a denial. A caller that is not known may
 * be anybody.
 *
 * A policy may be text, parsed JSON (which must not be changed afterwards), or the
 * result of `compilePolicy`. An invalid one is never evaluated: its row is `unknown`
 * with the problems.
 *
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html#auth-policies-evaluation-logic
 * @public
 */
export function decide(options: DecideOptions<OpenRequest>): Verdict {
  const { request, network, service, identity } = options;
  const context = RequestContext.create(request, options.limits);
  const layers = [
    decideAttachment({ layer: 'network', attachment: network, context }),
    decideAttachment({ layer: 'service', attachment: service, context }),
    decideIdentity({
      identity,
      isEnforced: isEnforced(network) || isEnforced(service),
      context,
    }),
  ];
  if (!options.limits) {
    return { outcome: combineLayers(layers), layers };
  }
  const limits = decideLimits(options, context);
  return { outcome: combineLayers([...layers, ...limits]), layers, limits };
}
