/**
 * Reads the identity-based policies of a role.
 *
 * @public
 */
export interface IdentityPolicyReader {
  /** All inline and attached policies of the role, or why they can't be read. */
  read(options: {
    roleArn: string;
  }): Promise<{ policies: unknown[] } | { unreadable: string }>;
}
