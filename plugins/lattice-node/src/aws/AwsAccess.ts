/**
 * The roles the portal takes in an account.
 *
 * - `reader`: List, Get and Describe only
 * - `writer`: `PutAuthPolicy` too. Optional
 * - `provisioner`: launches Service Catalog products. Optional
 *
 * @public
 */
export type AwsAccessRole = 'reader' | 'writer' | 'provisioner';

/**
 * Gives credentials, and renews them in time. What the AWS SDK takes as `credentials`.
 *
 * @public
 */
export type AwsCredentialProvider = () => Promise<{
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}>;

/**
 * What every AWS client of the portal is made with.
 *
 * @public
 */
export interface AwsClientOptions {
  region: string;
  credentials: AwsCredentialProvider;
  retryMode: string;
  maxAttempts: number;
  customUserAgent: string;
}

/**
 * Credentials and clients for the accounts of the configuration.
 *
 * @public
 */
export interface AwsAccess {
  /** Whether the configuration names this role. */
  hasRole(role: AwsAccessRole): boolean;

  /**
   * Credentials of the portal's role in an account. The role is assumed on first use.
   *
   * @throws NotFoundError if the configuration has no such account
   * @throws NotImplementedError if it names no such role
   */
  credentials(options: {
    accountId: string;
    role: AwsAccessRole;
  }): AwsCredentialProvider;

  /**
   * Credentials of the portal itself, or of a role that it may assume, in whatever account. For what belongs
   * to the portal.
   *
   * @param options - `roleArn` absent: the portal's own. `region`: of the STS that is asked for the role
   */
  ownCredentials(options: {
    roleArn?: string;
    region: string;
  }): AwsCredentialProvider;

  /**
   * A client of the AWS SDK, such as `VPCLatticeClient`. The same client is given again for the same
   * account, region and role; don't destroy it.
   *
   * @throws as `credentials`
   */
  client<T>(options: {
    type: new (options: AwsClientOptions) => T;
    accountId: string;
    region: string;
    role: AwsAccessRole;
  }): T;
}
