import type { Policy } from '@lattice-portal/auth-policy';

/** Which of the attributes that differ from call to call some policies read. */
export class ReadKeys {
  private constructor(
    readonly time: boolean,
    readonly organization: boolean,
    readonly tags: boolean,
    /** Whether sessions of one role may differ. */
    readonly session: boolean,
  ) {}

  /** Goes by the names that stand anywhere in the policies, as conditions or variables. */
  static of(policies: readonly Policy[]): ReadKeys {
    const text = JSON.stringify(policies).toLowerCase();
    return new ReadKeys(
      /aws:(currenttime|epochtime|tokenissuetime)/.test(text),
      /aws:principalorg|aws:sourceorg/.test(text),
      /aws:\w*tag/.test(text),
      // Principals have no wildcards within; conditions and variables may have.
      /sts:|assumed-role|\$\{|aws:(principalarn|userid|username|sourceidentity)/.test(
        text,
      ),
    );
  }
}
