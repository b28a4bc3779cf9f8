import type { Policy } from '@lattice-portal/auth-policy';

/**
 * Which of the attributes that differ from call to call some policies read.
 *
 * @public
 */
export interface ReadKeys {
  time: boolean;
  organization: boolean;
  tags: boolean;
  network: boolean;
  vpc: boolean;
  /** Whose account the VPC is of; its ARN tells. */
  vpcOwner: boolean;
  method: boolean;
  /** Whether sessions of one role may differ. */
  session: boolean;
}

/**
 * Which attributes policies read. Goes by the names that stand anywhere in them, as conditions or variables.
 *
 * @public
 */
export function readKeysOf(policies: readonly Policy[]): ReadKeys {
  const text = JSON.stringify(policies).toLowerCase();
  return {
    time: /aws:(currenttime|epochtime|tokenissuetime)/.test(text),
    organization: /aws:principalorg|aws:sourceorg/.test(text),
    tags: /aws:\w*tag/.test(text),
    network: /servicenetworkarn/.test(text),
    vpc: /sourcevpc/.test(text),
    vpcOwner: /sourcevpcowner/.test(text),
    method: /requestmethod/.test(text),
    // Principals have no wildcards within; conditions and variables may have.
    session:
      /sts:|assumed-role|\$\{|aws:(principalarn|userid|username|sourceidentity)/.test(
        text,
      ),
  };
}
