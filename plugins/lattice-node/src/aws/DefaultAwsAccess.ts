import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import type { Config } from '@backstage/config';
import { NotFoundError, NotImplementedError } from '@backstage/errors';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import type { LatticeConfig } from '../config/LatticeConfig';
import { partitionOf } from './partitionOf';
import type {
  AwsAccess,
  AwsAccessRole,
  AwsClientOptions,
  AwsCredentialProvider,
} from './AwsAccess';
import { keepCredentials } from './keepCredentials';

const sessionName = 'lattice-portal';

/**
 * Assumes the portal's roles, starting from the main account of `@backstage/integration-aws-node`.
 *
 * @remarks
 * Where AWS is reached is the AWS SDK's affair: `AWS_ENDPOINT_URL` and the like.
 *
 * @public
 */
export class DefaultAwsAccess implements AwsAccess {
  private readonly providers = new Map<string, AwsCredentialProvider>();
  private readonly clients = new Map<unknown, Map<string, unknown>>();

  static create(options: {
    rootConfig: Config;
    config: LatticeConfig;
  }): DefaultAwsAccess {
    const manager = DefaultAwsCredentialsManager.fromConfig(options.rootConfig);
    const base: AwsCredentialProvider = async () => {
      const { sdkCredentialProvider } = await manager.getCredentialProvider();
      return sdkCredentialProvider();
    };
    return new DefaultAwsAccess(options.config, base);
  }

  private constructor(
    private readonly config: LatticeConfig,
    private readonly base: AwsCredentialProvider,
  ) {}

  hasRole(role: AwsAccessRole): boolean {
    return this.config.roles[role] !== undefined;
  }

  credentials(options: {
    accountId: string;
    role: AwsAccessRole;
  }): AwsCredentialProvider {
    const { accountId, role } = options;
    const key = `${accountId}/${role}`;
    let provider = this.providers.get(key);
    if (!provider) {
      provider = this.assume(options);
      this.providers.set(key, provider);
    }
    return provider;
  }

  ownCredentials(options: {
    roleArn?: string;
    region: string;
  }): AwsCredentialProvider {
    const { roleArn, region } = options;
    return roleArn ? this.session(roleArn, region) : this.base;
  }

  client<T>(options: {
    type: new (options: AwsClientOptions) => T;
    accountId: string;
    region: string;
    role: AwsAccessRole;
  }): T {
    const { type: Client, accountId, region, role } = options;
    const ofType = this.clients.get(Client) ?? new Map<string, unknown>();
    this.clients.set(Client, ofType);
    const key = `${accountId}/${region}/${role}`;
    let client = ofType.get(key) as T | undefined;
    if (!client) {
      client = new Client({
        region,
        credentials: this.credentials({ accountId, role }),
        // Lattice publishes no request rates: back off by what it answers.
        retryMode: 'adaptive',
        maxAttempts: 5,
        customUserAgent: sessionName,
      });
      ofType.set(key, client);
    }
    return client;
  }

  private assume(options: {
    accountId: string;
    role: AwsAccessRole;
  }): AwsCredentialProvider {
    const { accountId, role } = options;
    const account = this.config.accounts.find(
      candidate => candidate.accountId === accountId,
    );
    if (!account) {
      throw new NotFoundError(
        `AWS account ${accountId} is not in the configuration (lattice.accounts)`,
      );
    }
    const roleName = this.config.roles[role];
    if (!roleName) {
      throw new NotImplementedError(
        `The portal has no ${role} role: lattice.roles.${role} is not set`,
      );
    }
    const [region] = account.regions;
    return this.session(
      `arn:${partitionOf(region)}:iam::${accountId}:role/${roleName}`,
      region,
    );
  }

  private session(roleArn: string, region: string): AwsCredentialProvider {
    return keepCredentials(
      fromTemporaryCredentials({
        masterCredentials: this.base,
        params: { RoleArn: roleArn, RoleSessionName: sessionName },
        clientConfig: { region },
      }),
    );
  }
}
